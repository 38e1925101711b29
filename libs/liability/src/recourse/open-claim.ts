import { accepted, sumYen, type Result, type Yen } from '#libs/kernel';
import type { Side } from '../attribution.js';
import type { RecourseOutcome } from './decide-recourse.js';
import { refused } from '../refused.js';

/** A claim of one side against the other. Against several institutions each share is stated. */
export interface RecourseClaim {
  readonly by: Side;
  readonly amountYen: Yen;
  readonly against: readonly { readonly institution: string; readonly shareYen?: Yen }[];
}

/**
 * May this claim be made on the strength of that decision? A right, not a duty: a smaller claim is
 * allowed, and so is none. Refusals, in this order: `not_yet_compensated`, `facts_missing`,
 * `claim_not_open`, `agreement_not_accepted`, `amount_not_positive`, `claim_exceeds_paid`,
 * `claim_exceeds_agreed`, `claim_exceeds_room`, then those of the split. Source: RKN-L2, RKN-L3, RKN-L4.
 */
export function openClaim(
  { clause: decidedBy, ...outcome }: RecourseOutcome,
  claim: RecourseClaim,
): Result<RecourseClaim> {
  const clause = decidedBy ?? (claim.by === 'EPSP' ? 'RKN-L2a' : 'RKN-L4-0a');
  const about = (field: string) => ({ clause, facts: { field } });
  if (outcome.kind === 'nothing_yet') {
    const asked = claim.by === 'EPSP' ? 'RKN-L2a' : 'RKN-L4-0a';
    return refused('not_yet_compensated', { clause: asked, facts: { field: 'payments' } });
  }
  if (outcome.kind === 'undetermined') return refused('facts_missing', about('by'));
  const agreed = outcome.agreementVersion !== undefined;
  if (outcome.kind === 'own') return refused('claim_not_open', about('by'));
  if (outcome.kind !== 'full' && !agreed) return refused('agreement_not_accepted', about('by'));
  if (outcome.claimant !== claim.by) return refused('claim_not_open', about('by'));
  if (claim.amountYen <= 0n) return refused('amount_not_positive', about('amountYen'));
  if (claim.amountYen > outcome.paidYen) return refused('claim_exceeds_paid', about('amountYen'));
  if (claim.amountYen > outcome.claimableYen) {
    return refused(agreed ? 'claim_exceeds_agreed' : 'claim_exceeds_room', about('amountYen'));
  }
  return checkSplit(claim, about);
}

/** RKN-L2a/d: several institutions each get a stated share; the shares are the claim, no more. */
function checkSplit(
  claim: RecourseClaim,
  about: (field: string) => { clause: string; facts: { field: string } },
): Result<RecourseClaim> {
  const { against, amountYen, by } = claim;
  if (by === 'FI') return accepted(claim);
  if (against.length === 0) return refused('institution_missing', about('against'));
  if (new Set(against.map(({ institution }) => institution)).size !== against.length) {
    return refused('named_twice', about('against'));
  }
  if (against.length === 1 && against[0]?.shareYen === undefined) return accepted(claim);
  const shares = against.map(({ shareYen }) => shareYen ?? 0n);
  if (against.some(({ shareYen }) => shareYen === undefined)) {
    return refused('split_missing', about('against'));
  }
  if (shares.some((share) => share <= 0n)) return refused('amount_not_positive', about('against'));
  if (sumYen(shares) !== amountYen) return refused('split_does_not_add_up', about('against'));
  return accepted(claim);
}
