import type { TraceNode, WrongfulTransfer } from '#libs/contracts';
import { yenForPeople, type CivilDate, type Yen } from '#libs/kernel';

/** One transfer in the sum: in or out, and what it is worth. All parts are shown either way. */
export interface LossLine {
  readonly transfer: string;
  readonly covered: boolean;
  readonly amountYen: Yen;
  readonly feeYen: Yen;
  readonly interestYen: Yen;
  /** Amount, fee and interest; 0 where the transfer is outside the window. */
  readonly lossYen: Yen;
}

export interface CoveredLoss {
  readonly lines: readonly LossLine[];
  /** 補てん対象額: exactly the sum of the lines. */
  readonly coveredYen: Yen;
}

/**
 * SM-14.2b, SM-14.2d: misuse from 00:00 in Tokyo of `firstDay` is covered, with amount, fee and the
 * interest recorded for it in whole yen after the institution's rule (INT-19). The lines add up.
 */
export function coveredLoss(
  transfers: readonly WrongfulTransfer[],
  firstDay: CivilDate,
): CoveredLoss {
  const from = firstDay.startsAt();
  let coveredYen = 0n;
  const lines = transfers.map(({ id, happenedAt, amount, fee, interest }): LossLine => {
    const covered = happenedAt >= from;
    const lossYen = covered ? amount + fee + interest : 0n;
    coveredYen += lossYen;
    return {
      transfer: id,
      covered,
      amountYen: amount,
      feeYen: fee,
      interestYen: interest,
      lossYen,
    };
  });
  return { lines, coveredYen };
}

/** The trace of the sum. The lines themselves stand in the outcome. */
export function lossNode({ lines, coveredYen }: CoveredLoss): TraceNode {
  const inside = lines.filter(({ covered }) => covered).length;
  return {
    clause: 'SM-14.2d',
    effect: 'applies',
    facts: [{ name: 'wrongfulTransfers', value: `${inside}/${lines.length}`, evidence: [] }],
    value: coveredYen,
    reason: {
      ja: `${lines.length}件のうち対象${inside}件、金額・手数料・利息の合計は${yenForPeople(coveredYen)}。`,
      en: `${inside} of ${lines.length} transfers are covered: amounts, fees, interest ${coveredYen} yen.`,
    },
  };
}
