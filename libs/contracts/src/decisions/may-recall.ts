import { accepted, refused, type Refusal, type Result, type Yen } from '#libs/kernel';
import type { RequestState } from '../facts/index.js';

export type RecallRefusal = Refusal<
  'recall_at_branch_only' | 'recall_at_other_branch' | 'not_fixed' | 'already_final'
>;

const FINAL: readonly RequestState[] = ['returned', 'cancelled', 'not_processed'];

/**
 * May a recall (組戻し) be taken in here? Only over the counter of the branch that holds the debit
 * account, for a request that was fixed and has not come back. Whether it is unavoidable, a person
 * decides with grounds (`demand` of SM-5.5-2). Refuses in the order of {@link RecallRefusal}.
 * Source: SM-5.5-2.
 */
export function mayRecall(request: {
  readonly channel: 'terminal' | 'branch' | 'intermediary';
  readonly acceptingBranch: string;
  readonly debitBranch: string;
  readonly requestState: RequestState;
}): Result<'allowed', RecallRefusal> {
  const about = { clause: 'SM-5.5-2' };
  if (request.channel !== 'branch') return refused('recall_at_branch_only', about);
  if (request.acceptingBranch !== request.debitBranch) {
    return refused('recall_at_other_branch', about);
  }
  if (request.requestState === 'draft') return refused('not_fixed', about);
  if (FINAL.includes(request.requestState)) return refused('already_final', about);
  return accepted('allowed');
}

/**
 * Yen of the recall fee that the holder bears in the end: taken once, and kept after a failure only if
 * the institution says so. The transfer fee is never refunded. Source: SM-5.5-2, SM-5.5-3.
 */
export const recallFeeDue = (
  outcome: 'recalled' | 'failed',
  parameters: { readonly fee: Yen; readonly feeOnFailure: boolean },
): Yen => (outcome === 'recalled' || parameters.feeOnFailure ? parameters.fee : 0n);
