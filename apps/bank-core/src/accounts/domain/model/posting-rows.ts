import type { CivilDate, Instant, Yen } from '#libs/kernel';
import type { PostingOperation } from '../account.js';
import type { LedgerAnswer, LedgerOrder } from '../ledger-order.js';
import type { ModelLeg } from './ledger-state.js';

/** A posting row; a refusal has no places, and what moves no money has one leg. */
export interface ModelPosting {
  readonly key: string;
  readonly hash: string;
  readonly line: number;
  readonly status: LedgerAnswer['status'];
  readonly detail: string;
  readonly operation: PostingOperation | 'hold' | 'release' | 'expiry' | 'close';
  readonly debitAccount: bigint;
  readonly debitSeq: bigint | null;
  readonly debitBalance: Yen | null;
  readonly creditAccount: bigint | null;
  readonly creditSeq: bigint | null;
  readonly creditBalance: Yen | null;
  readonly amountYen: Yen;
  readonly postedAt: Instant;
  readonly bookedOn: CivilDate;
  readonly valueOn: CivilDate;
  readonly debitText: string;
  readonly creditText: string;
  readonly ediText: string;
}

type Asked = Pick<
  ModelPosting,
  | 'operation'
  | 'debitAccount'
  | 'creditAccount'
  | 'amountYen'
  | 'valueOn'
  | 'debitText'
  | 'creditText'
  | 'ediText'
>;

/** What each line asks for; what reaches the whole account has an amount of 0 in its row. */
function linesOf(order: LedgerOrder): readonly Asked[] {
  if (order.act === 'post')
    return order.lines.map((line) => ({ ...line, ediText: line.ediText ?? '' }));
  const asked = order.act === 'hold' ? order.amountYen : 0n;
  return [
    {
      operation: order.act,
      debitAccount: order.account,
      creditAccount: null,
      amountYen: asked === 'whole' ? 0n : asked,
      valueOn: order.bookedOn,
      debitText: order.text,
      creditText: '',
      ediText: '',
    },
  ];
}

export interface Stamp {
  readonly key: string;
  readonly hash: string;
  readonly postedAt: Instant;
  readonly bookedOn: CivilDate;
}

const NO_PLACE = { debitSeq: null, debitBalance: null, creditSeq: null, creditBalance: null };

/** A row per line of what was posted; of what was refused one row, with its first line. */
export function postingRows(
  order: LedgerOrder,
  stamp: Stamp,
  { status, detail }: LedgerAnswer,
  legs: readonly ModelLeg[],
): readonly ModelPosting[] {
  const lines = status === 'posted' ? linesOf(order) : linesOf(order).slice(0, 1);
  return lines.map((line, index) => ({
    ...stamp,
    line: index + 1,
    status,
    detail,
    ...line,
    ...NO_PLACE,
    ...legs[index],
  }));
}
