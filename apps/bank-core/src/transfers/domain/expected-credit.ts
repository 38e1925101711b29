import {
  CivilDate,
  type BusinessCalendar,
  type Instant,
} from '#libs/kernel';
import type { DestinationClass } from './rules.js';

/** When money sent now reaches the payee, as the page says before the confirmation. Source: japan.md 7. */
export function expectedCreditAt(
  now: Instant,
  destination: DestinationClass,
  cutoffs: Readonly<Record<DestinationClass, string>>,
  calendar: BusinessCalendar,
): Instant {
  const cutoff = cutoffs[destination];
  const today = CivilDate.inTokyo(now);
  if (cutoff === 'none') return now;
  if (calendar.isBusinessDay(today) && now < today.at(cutoff)) return now;
  return calendar.next(today).at('08:30');
}
