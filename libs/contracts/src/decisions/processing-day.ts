import {
  accepted,
  CivilDate,
  refused,
  type BusinessCalendar,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { isWithinHours } from '../conditions/within-service-hours.js';
import type { ParameterValues } from '../parameter.js';
import type { smParameters } from '../sm-terms/parameters.js';
import type { DestinationClass } from './classify-transfer.js';

type Values = ParameterValues<typeof smParameters>;

export type ProcessingDay =
  | { readonly kind: 'same_day' | 'next_business_day'; readonly date: CivilDate }
  | { readonly kind: 'reservation'; readonly date: CivilDate; readonly askedFor: CivilDate };

export type ProcessingDayRefusal = Refusal<
  | 'outside_service_hours'
  | 'designated_date_passed'
  | 'designated_date_not_business_day'
  | 'designated_date_out_of_range'
>;

function withoutDate(
  requestDate: CivilDate,
  receivedAt: Instant,
  cutoff: string,
  calendar: BusinessCalendar,
): ProcessingDay {
  if (cutoff === 'none') return { kind: 'same_day', date: requestDate };
  const isInTime = calendar.isBusinessDay(requestDate) && receivedAt < requestDate.at(cutoff);
  return isInTime
    ? { kind: 'same_day', date: requestDate }
    : { kind: 'next_business_day', date: calendar.next(requestDate) };
}

/**
 * On which day a request is processed. Without a designated date, or with today's: the same day before
 * the cut-off (exclusive) of a business day, or round the clock; else the next business day, and that
 * is no reservation (INT-29). With a later date: a reservation from the next business day up to the
 * horizon (included), a date that is no business day treated now, by the holiday rule, and not at run
 * time (SM-5.4-1). Refuses in the order of {@link ProcessingDayRefusal}. Source: SM-R3.1 (presumed).
 */
export function processingDay(
  request: {
    readonly receivedAt: Instant;
    readonly destination: DestinationClass;
    readonly designatedDate?: CivilDate;
  },
  calendar: BusinessCalendar,
  parameters: Pick<
    Values,
    'transferHours' | 'transferCutoff' | 'reservationHorizon' | 'reservationHolidayRule'
  >,
): Result<ProcessingDay, ProcessingDayRefusal> {
  const clause = 'SM-R3.1';
  const { receivedAt, destination, designatedDate } = request;
  if (!isWithinHours(parameters.transferHours, receivedAt)) {
    return refused('outside_service_hours', { clause });
  }
  const requestDate = CivilDate.inTokyo(receivedAt);
  if (!designatedDate || designatedDate.equals(requestDate)) {
    const cutoff = parameters.transferCutoff[destination];
    return accepted(withoutDate(requestDate, receivedAt, cutoff, calendar));
  }
  if (designatedDate.isBefore(requestDate)) return refused('designated_date_passed', { clause });
  const rule = parameters.reservationHolidayRule;
  if (rule === 'reject' && !calendar.isBusinessDay(designatedDate)) {
    return refused('designated_date_not_business_day', { clause });
  }
  const date =
    rule === 'previous' ? calendar.onOrBefore(designatedDate) : calendar.onOrAfter(designatedDate);
  const first = calendar.next(requestDate);
  const { unit, count } = parameters.reservationHorizon;
  const last =
    unit === 'days' ? requestDate.plusDays(count) : calendar.plusBusinessDays(requestDate, count);
  if (date.isBefore(first) || date.isAfter(last)) {
    return refused('designated_date_out_of_range', {
      clause,
      facts: { first: first.toString(), last: last.toString() },
    });
  }
  return accepted({ kind: 'reservation', date, askedFor: designatedDate });
}
