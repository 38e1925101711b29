import type { DestinationClass, ParameterValues, smParameters } from '#libs/contracts';
import { CivilDate, type BusinessCalendar, type Instant } from '#libs/kernel';

type Cutoffs = ParameterValues<typeof smParameters>['transferCutoff'];

/**
 * When money sent now reaches the payee, as the page says before the confirmation: at once round the clock
 * or before the cut-off of a business day, else with the opening of the next one. Source: japan.md section 7.
 */
export function expectedCreditAt(
  now: Instant,
  destination: DestinationClass,
  cutoffs: Cutoffs,
  calendar: BusinessCalendar,
): Instant {
  const cutoff = cutoffs[destination];
  const today = CivilDate.inTokyo(now);
  if (cutoff === 'none') return now;
  if (calendar.isBusinessDay(today) && now < today.at(cutoff)) return now;
  return calendar.next(today).at('08:30');
}
