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
 * sides agreed, never more than is left. Before an agreement nothing is computed and nothing suggested.
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
  const checked = checkAgreement(latest, found, asked.payments);
  if (!checked.ok) return checked;
  if (!isAccepted(latest)) return accepted({ ...shared, claimableYen: 0n });
  const openYen = maxYen(0n, latest.amountYen - asked.recoursedYen);
  return accepted({
    ...shared,
    claimableYen: minYen(openYen, roomYen),
    claimant: latest.claimant,
    agreementVersion: latest.version,
  });
}

function checkAgreement(
  { amountYen, claimant, rationale }: RecourseAgreement,
  found: RecourseClass,
  payments: readonly PaidToUser[],
): Result<true> {
  const clause = found.clause ?? 'RKN-L3';
  const about = (field: string) => ({ clause, facts: { field: `agreements.${field}` } });
  if (found.kind === 'nothing_yet') return refused('not_yet_compensated', about('amountYen'));
  if (found.kind === 'own') return refused('agreement_not_open', about('amountYen'));
  if (rationale.trim() === '') return refused('grounds_missing', about('rationale'));
  if (amountYen < 0n) return refused('amount_negative', about('amountYen'));
  const paid = sumYen(payments.filter(({ by }) => by === claimant).map((one) => one.amountYen));
  if (amountYen > paid) return refused('agreed_above_paid', about('amountYen'));
  return accepted(true);
}
