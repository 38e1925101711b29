import type { ParameterValues, smParameters } from '#libs/contracts';
import { accepted, CivilDate, refused, type Refusal, type Result } from '#libs/kernel';

type InquiryPeriod = ParameterValues<typeof smParameters>['inquiryPeriod'];

export interface StatementPeriod {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** The earliest day that can be asked for: so many days back, or the 1st of the month so many months back. */
export function earliestDay(today: CivilDate, { unit, count }: InquiryPeriod): CivilDate {
  if (unit === 'days') return today.minusDays(count);
  const month = CivilDate.of(today.year, today.month, 1).plusMonths(-count);
  return CivilDate.of(month.year, month.month, 1);
}

/**
 * Both ends by booking date, both included; missing ends are the earliest day and today. Refuses with
 * `period_too_long` what begins earlier than the institution allows. Source: SM-4.1-1.
 */
export function statementPeriod(
  asked: { readonly from?: CivilDate | undefined; readonly to?: CivilDate | undefined },
  today: CivilDate,
  allowed: InquiryPeriod,
): Result<StatementPeriod, Refusal<'period_too_long'>> {
  const earliest = earliestDay(today, allowed);
  const from = asked.from ?? earliest;
  if (from.isBefore(earliest)) {
    return refused('period_too_long', {
      clause: 'SM-4.1-1',
      facts: { earliest: earliest.toString() },
    });
  }
  return accepted({ from, to: asked.to ?? today });
}
