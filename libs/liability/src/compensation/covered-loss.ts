import type { TraceNode, WrongfulTransfer } from '#libs/contracts';
import { yenForPeople, type CivilDate, type Yen } from '#libs/kernel';
import { isOnOrAfter } from './covered-window.js';

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
 * SM-14.2d: the loss of each covered transfer is its amount, fee and interest, the interest by the
 * institution's rule in whole yen, truncated per line (INT-19). The lines add up to the total.
 */
export function coveredLoss(
  transfers: readonly WrongfulTransfer[],
  firstDay: CivilDate,
  interestOf: (transfer: WrongfulTransfer) => Yen,
): CoveredLoss {
  let coveredYen = 0n;
  const lines = transfers.map((transfer): LossLine => {
    const covered = isOnOrAfter(transfer.happenedAt, firstDay);
    const interestYen = interestOf(transfer);
    const lossYen = covered ? transfer.amount + transfer.fee + interestYen : 0n;
    coveredYen += lossYen;
    return {
      transfer: transfer.id,
      covered,
      amountYen: transfer.amount,
      feeYen: transfer.fee,
      interestYen,
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
