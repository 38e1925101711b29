import { accepted, maxYen, minYen, sumYen, type Result, type Yen } from '#libs/kernel';
import type { Side } from '../attribution.js';
import { isAccepted, latestAgreement } from './agreement.js';
import type { RecourseClass } from './gates.js';
import type { PaidToUser, RecourseAgreement, RecourseQuestion } from './question.js';
import { refused } from '../refused.js';

/** What may be claimed, and of what. All in whole yen. */
export interface Claimable {
  readonly paidYen: Yen;
  readonly recoveredYen: Yen;
  /** What is left of the payment after everything recovered: no recourse goes beyond it (INT-08). */
  readonly roomYen: Yen;
  readonly claimableYen: Yen;
  readonly claimant?: Side;
  /** The version of the agreement that carries the amount, once both sides have accepted it. */
  readonly agreementVersion?: number;
}

/**
 * The amount that `found` lets the payer claim: the whole of what is left of its payment, or what both
 * sides agreed, never more than is left of what the claimant itself paid. Before an agreement nothing
 * is computed and nothing suggested; while facts are missing that would decide, nothing is claimable.
 * Refuses an agreement above what was paid, without reasons, or where no consultation is open.
 */
export function claimableAmount(asked: RecourseQuestion, found: RecourseClass): Result<Claimable> {
  const paidYen = sumYen(asked.payments.map(({ amountYen }) => amountYen));
  const recoveredYen = asked.recoveredFromWrongdoerYen + asked.recoursedYen;
  const roomYen = maxYen(0n, paidYen - recoveredYen);
  const shared = { paidYen, recoveredYen, roomYen };
  if (found.kind === 'full' && found.claimant) {
    return accepted({ ...shared, claimableYen: roomYen, claimant: found.claimant });
  }
  const latest = latestAgreement(asked.agreements);
  if (!latest) return accepted({ ...shared, claimableYen: 0n });
  const byClaimantYen = paidBy(latest.claimant, asked.payments);
  const checked = checkAgreement(latest, found, byClaimantYen);
  if (!checked.ok) return checked;
  if (!isAccepted(latest) || found.kind === 'undetermined') {
    return accepted({ ...shared, claimableYen: 0n });
  }
  const openYen = maxYen(0n, latest.amountYen - asked.recoursedYen);
  const ownRoomYen = maxYen(0n, byClaimantYen - recoveredYen);
  return accepted({
    ...shared,
    roomYen: ownRoomYen,
    claimableYen: minYen(openYen, ownRoomYen),
    claimant: latest.claimant,
    agreementVersion: latest.version,
  });
}

const paidBy = (side: Side, payments: readonly PaidToUser[]): Yen =>
  sumYen(payments.filter(({ by }) => by === side).map(({ amountYen }) => amountYen));

/**
 * Where the payer itself is responsible, a proposal is only a record of the consultation that went
 * before; an amount that both accepted contradicts the finding (RKN-L3/b).
 */
function checkAgreement(
  latest: RecourseAgreement,
  found: RecourseClass,
  byClaimantYen: Yen,
): Result<true> {
  const { amountYen, rationale } = latest;
  const clause = found.clause ?? 'RKN-L3';
  const about = (field: string) => ({ clause, facts: { field: `agreements.${field}` } });
  if (found.kind === 'nothing_yet') return refused('not_yet_compensated', about('amountYen'));
  if (found.kind === 'own' && isAccepted(latest)) {
    return refused('agreement_not_open', about('amountYen'));
  }
  if (rationale.trim() === '') return refused('grounds_missing', about('rationale'));
  if (amountYen < 0n) return refused('amount_negative', about('amountYen'));
  if (amountYen > byClaimantYen) return refused('agreed_above_paid', about('amountYen'));
  return accepted(true);
}
