import type { CivilDate, Instant, Yen } from '#libs/kernel';

/**
 * One client's transfers that were formed (debited, SM-5.2) on one Tokyo day at one institution. The hash is
 * SHA-256, in hex, over one line per transfer: id, instruction id, amount and fee in yen, separated by
 * commas, each line ended by a line feed, lines in the byte order of the id. Nothing in it changes later.
 */
export interface Reconciliation {
  readonly bankCode: string;
  readonly businessDate: CivilDate;
  readonly count: number;
  readonly amountYen: Yen;
  readonly feeYen: Yen;
  readonly hash: string;
  /** False while the day is not over: then further transfers may join. */
  readonly isFinal: boolean;
  readonly asOf: Instant;
}
