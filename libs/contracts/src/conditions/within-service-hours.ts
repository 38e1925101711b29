import { CivilDate, type Instant } from '#libs/kernel';
import { weekdays, type Opening, type ServiceHours } from '../sm-terms/parameters/service-hours.js';

const openingsOn = (hours: ServiceHours, date: CivilDate): readonly Opening[] => {
  const exception = hours.exceptions.find((one) => one.date === date.toString());
  return exception ? exception.openings : hours.weekly[weekdays[date.weekday] ?? 'sun'];
};

/** True from the opening (included) to the closing (excluded), by Tokyo time. Source: SM-4.1-2. */
export function isWithinHours(hours: ServiceHours, now: Instant): boolean {
  const date = CivilDate.inTokyo(now);
  return openingsOn(hours, date).some(({ from, to }) => date.at(from) <= now && now < date.at(to));
}

/** The next instant at which the service is open, `now` itself if it is; none within 400 days: `undefined`. */
export function nextOpening(hours: ServiceHours, now: Instant): Instant | undefined {
  if (isWithinHours(hours, now)) return now;
  let date = CivilDate.inTokyo(now);
  for (let day = 0; day <= 400; day += 1, date = date.plusDays(1)) {
    for (const { from } of openingsOn(hours, date)) {
      if (date.at(from) > now) return date.at(from);
    }
  }
  return undefined;
}
