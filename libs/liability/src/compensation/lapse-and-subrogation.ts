import type { ClauseId, Duty, TraceNode } from '#libs/contracts';
import { maxYen, minYen, yenForPeople, type Yen } from '#libs/kernel';

/** To whom later money goes first. Source: INT-08 (A the payer up to what it paid, B the holder). */
export type RecoveryOrder = 'payer_first' | 'holder_first';

/** Where a compensation stands towards money that comes back later. All in whole yen. */
export interface Standing {
  /** The holder's whole loss, covered or not. */
  readonly lossYen: Yen;
  /** What the holder has of it already, compensation included. */
  readonly holderHasYen: Yen;
  /** What was compensated: the limit of lapse and subrogation. */
  readonly paidYen: Yen;
  /** What the payer has recovered of it so far, from whomever. */
  readonly recoveredYen: Yen;
}

export interface Apportioned {
  readonly toPayerYen: Yen;
  readonly toHolderYen: Yen;
}

/** What the payer may still recover: never more than it paid. Source: INT-08, RKN-L*. */
export const roomForRecovery = ({ paidYen, recoveredYen }: Standing): Yen =>
  maxYen(0n, paidYen - recoveredYen);

/**
 * Who gets money that comes back after payment: a returned transfer (SM-14.6/a) or a recovery from the
 * wrongdoer (SM-14.7/a). The payer takes at most what it paid, the rest is the holder's; the two parts
 * always add up. Under the other reading the holder's uncovered loss is served first (INT-08).
 */
export function apportionRecovery(
  amountYen: Yen,
  standing: Standing,
  order: RecoveryOrder,
): Apportioned {
  const room = roomForRecovery(standing);
  const uncovered = maxYen(0n, standing.lossYen - standing.holderHasYen);
  const holderFirst = order === 'holder_first' ? minYen(amountYen, uncovered) : 0n;
  const toPayerYen = minYen(amountYen - holderFirst, room);
  return { toPayerYen, toHolderYen: amountYen - toPayerYen };
}

/** What follows from paying `payableYen`: the right to the deposit lapses, the claims pass over. */
export function consequencesOfPaying(
  payableYen: Yen,
  underClause: ClauseId,
): { trace: TraceNode[]; duties: Duty[] } {
  if (payableYen <= 0n) return { trace: [], duties: [] };
  const yen = yenForPeople(payableYen);
  const facts = [{ name: 'paidYen', value: payableYen, evidence: [] }];
  return {
    trace: [
      {
        clause: 'SM-14.6',
        effect: 'applies',
        facts,
        value: payableYen,
        reason: {
          ja: `支払うと、${yen}の限度で対象預金に関する契約者の権利が消滅する。`,
          en: `On payment the holder's right to the deposit lapses up to ${payableYen} yen.`,
        },
      },
      {
        clause: 'SM-14.7',
        effect: 'applies',
        facts,
        value: payableYen,
        reason: {
          ja: `支払うと、${yen}の限度で行為者等に対する契約者の請求権が移る。`,
          en: `On payment the holder's claims against the wrongdoer pass over up to ${payableYen} yen.`,
        },
      },
    ],
    duties: [
      {
        who: 'institution',
        what: { ja: `契約者に${yen}を支払う。`, en: `Pay the holder ${payableYen} yen.` },
        clause: underClause,
      },
      {
        who: 'institution',
        what: {
          ja: '権利の消滅と請求権の移転を案件に記録する。',
          en: 'Record the lapse and the claims that passed over on the case.',
        },
        clause: 'SM-14.7',
      },
    ],
  };
}
