import { article14, type TraceNode } from '#libs/contracts';
import { sumYen, yenForPeople, type Yen } from '#libs/kernel';
import type { SetOff } from './claim.js';

/** What the holder has had back already, by clause. */
export interface Returned {
  /** SM-14.5a: repaid by the institution from the deposit. */
  readonly refundsYen: Yen;
  /** SM-14.5b: damages or unjust enrichment from whoever did it. */
  readonly fromWrongdoerYen: Yen;
}

export function returned(setOffs: readonly SetOff[]): Returned {
  const sumOf = (isRefund: boolean): Yen =>
    sumYen(
      setOffs.filter(({ kind }) => (kind === 'refund') === isRefund).map((one) => one.amountYen),
    );
  return { refundsYen: sumOf(true), fromWrongdoerYen: sumOf(false) };
}

/** What remains of `yen` after it: never below zero. Source: SM-14.5a, SM-14.5b. */
export const afterSetOff = (yen: Yen, { refundsYen, fromWrongdoerYen }: Returned): Yen =>
  article14.clause('SM-14.5b').apply({
    awardYen: yen,
    repaidYen: refundsYen,
    recoveredYen: fromWrongdoerYen,
  });

/**
 * The trace of the deduction; empty where nothing was returned. `basis` is the reading of INT-07.
 * `remainsYen` is null while people have not set the award: then no figure remains to be told.
 */
export function setOffNodes(
  back: Returned,
  basis: 'award' | 'covered',
  remainsYen: Yen | null,
): TraceNode[] {
  const from = {
    award: { ja: '補てん額', en: 'the award' },
    covered: { ja: '補てん対象額', en: 'the covered amount' },
  }[basis];
  const node = (clause: 'SM-14.5a' | 'SM-14.5b', name: string, yen: Yen): TraceNode => ({
    clause,
    effect: 'applies',
    facts: [{ name, value: yen, evidence: [] }],
    ...(remainsYen === null ? {} : { value: remainsYen }),
    reason: {
      ja:
        clause === 'SM-14.5a'
          ? `払戻し済みの${yenForPeople(yen)}を${from.ja}から控除する。`
          : `行為者から受けた${yenForPeople(yen)}を${from.ja}から控除する。`,
      en:
        clause === 'SM-14.5a'
          ? `${yen} yen already repaid come off ${from.en}.`
          : `${yen} yen received from the wrongdoer come off ${from.en}.`,
    },
  });
  return [
    ...(back.refundsYen > 0n ? [node('SM-14.5a', 'repaidYen', back.refundsYen)] : []),
    ...(back.fromWrongdoerYen > 0n
      ? [node('SM-14.5b', 'recoveredYen', back.fromWrongdoerYen)]
      : []),
  ];
}
