import type { CivilDate, Instant, Yen } from '#libs/kernel';

/** What left an account under one key, and what of it has come back to the same holder since. */
export interface Debited {
  readonly key: string;
  /** Without the fee, which is a posting of its own (SM-5.1-1). */
  readonly amountYen: Yen;
  readonly feeYen: Yen;
  readonly bookedOn: CivilDate;
  readonly postedAt: Instant;
  /** Below zero where the overdraft paid for it (SM-13.1b). */
  readonly balanceAfterYen: Yen;
  /** Returned to an account of the holder (SM-5.4-2). */
  readonly returnedYen: Yen;
}

/** Under which key a transfer's money comes back: one return per transfer. */
export const returnKeyOf = (transferId: string): string => `${transferId}/return`;
