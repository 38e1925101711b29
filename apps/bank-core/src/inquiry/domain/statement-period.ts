import type { ParameterValues, smParameters } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';

type InquiryPeriod = ParameterValues<typeof smParameters>['inquiryPeriod'];

export interface StatementPeriod {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** Where a statement begins that names no beginning: on the earliest day that SM-4.1-1 allows. */
function earliestDay(today: CivilDate, { unit, count }: InquiryPeriod): CivilDate {
  if (unit === 'days') return today.minusDays(count);
  const month = today.plusMonths(-count);
  return CivilDate.of(month.year, month.month, 1);
}

/** Both ends by booking date, both included; missing ends are the earliest day and today. */
export const statementPeriod = (
  asked: { readonly from?: CivilDate | undefined; readonly to?: CivilDate | undefined },
  today: CivilDate,
  allowed: InquiryPeriod,
): StatementPeriod => ({
  from: asked.from ?? earliestDay(today, allowed),
  to: asked.to ?? today,
});
