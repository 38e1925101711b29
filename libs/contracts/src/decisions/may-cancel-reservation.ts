import {
  accepted,
  refused,
  type CivilDate,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { RequestState } from '../facts/index.js';
import type { ParameterValues } from '../parameter.js';
import { article05 } from '../sm-terms/article-05-transfers.js';
import type { smParameters } from '../sm-terms/parameters.js';

const onlyReservations = article05.clause('SM-5.5-1');

export type CancellationRefusal = Refusal<
  'not_a_reservation' | 'not_reserved_any_more' | 'cancel_cutoff_passed'
>;

/**
 * May the holder cancel this request at the terminal? Only a reservation that is still reserved, and
 * only before the cut-off (exclusive). Refuses in the order of {@link CancellationRefusal}. What is
 * cancelled is neither debited nor charged. Source: SM-5.5-1, INT-29.
 */
export function mayCancelReservation(
  request: {
    readonly isReservation: boolean;
    readonly requestState: RequestState;
    readonly designatedDate: CivilDate;
    readonly now: Instant;
  },
  cutoff: ParameterValues<typeof smParameters>['cancelCutoff'],
): Result<'allowed', CancellationRefusal> {
  const answer = onlyReservations.apply(request, { cutoff });
  return answer === 'allowed' ? accepted(answer) : refused(answer, { clause: onlyReservations.id });
}
