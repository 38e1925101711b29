import type { CivilDate, Instant, Yen } from '#libs/kernel';
import type { PostingOperation } from './account.js';

/** One posting of an order; an order's lines are posted whole or not at all. */
export interface OrderLine {
  readonly operation: PostingOperation;
  readonly debitAccount: bigint;
  readonly creditAccount: bigint;
  readonly amountYen: Yen;
  /** The day that it counts from; the booking date is the ledger's. */
  readonly valueOn: CivilDate;
  /** 摘要 as the debited and the credited account's statements show it. */
  readonly debitText: string;
  readonly creditText: string;
  readonly ediText?: string | undefined;
}

interface OrderBase {
  /**
   * Unique per institution for ever, scope included (an id of ours, or `client/route/key`): the same key with the
   * same content gets the same answer, with other content `key_reused`.
   */
  readonly key: string;
  /** The business date, passed in: the database's own date follows the session's time zone. */
  readonly bookedOn: CivilDate;
  /** Whose traffic this is: refused while their link is stopped (RKN-S4). */
  readonly party?: LedgerParty | undefined;
  /** What the order charges on both bases (SM-5.3-1b). */
  readonly limit?: LedgerLimit | undefined;
  /** P.sm.overdraft.usable: whether the debit may take what stands below zero (SM-3.4-1-2a). */
  readonly mayUseOverdraft: boolean;
}

export interface LedgerParty {
  readonly epspId: string;
  readonly chainPartnerId: string;
}

export interface LedgerLimit {
  readonly subject: string;
  readonly limitYen: Yen;
  readonly chargeYen: Yen;
  readonly requestedOn: CivilDate;
  readonly designatedOn: CivilDate;
}

/** Moves money; with `captures` out of a hold, which it ends; with `corrects` it points at what it puts right. */
export interface PostOrder extends OrderBase {
  readonly act: 'post';
  readonly lines: readonly OrderLine[];
  /** The key of the order that placed the hold; the rest of the hold is free again. */
  readonly captures?: string | undefined;
  /** The key of the posting that was wrong: each is corrected once. */
  readonly corrects?: string | undefined;
}

/** Why an account, or a part of its balance, is not free: 差押 and 支払差止 of SM-3.4-1-3, or a reservation. */
export const HOLD_KINDS = ['reservation', 'attachment', 'payment_stop'] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** Keeps a part of the balance, or (`whole`, not for reservations) everything that leaves the account. */
export interface HoldOrder extends OrderBase {
  readonly act: 'hold';
  readonly account: bigint;
  readonly kind: HoldKind;
  readonly amountYen: Yen | 'whole';
  readonly expiresAt?: Instant | undefined;
  readonly text: string;
}

/** Ends a hold without taking anything: given up (`release`), or its time has come (`expiry`). */
export interface EndHoldOrder extends OrderBase {
  readonly act: 'release' | 'expiry';
  readonly account: bigint;
  /** The key of the order that placed it. */
  readonly hold: string;
  readonly text: string;
}

/** 解約 of an account that holds nothing and owes nothing. */
export interface CloseOrder extends OrderBase {
  readonly act: 'close';
  readonly account: bigint;
  readonly text: string;
}

export type LedgerOrder = PostOrder | HoldOrder | EndHoldOrder | CloseOrder;

/** What became of an order, in the order in which the ledger looks; stored with the key, for ever. */
export const LEDGER_STATUSES = [
  'posted',
  'linkage_terminated',
  'linkage_suspended',
  'linkage_restricted',
  'key_reused',
  'holder_unavailable',
  'debit_not_registered',
  'amount_out_of_range',
  'same_account',
  'limit_exceeded',
  'correction_unknown',
  'already_corrected',
  'hold_unknown',
  'hold_ended',
  'hold_expired',
  'hold_exceeded',
  'debit_account_unknown',
  'account_closed',
  'payment_stopped',
  'payee_account_unknown',
  'payee_account_closed',
  'insufficient_funds',
  'account_not_empty',
] as const;
export type LedgerStatus = (typeof LEDGER_STATUSES)[number];

export interface LedgerAnswer {
  readonly status: LedgerStatus;
  /** A clause for a stopped link, the bases that were exceeded for a limit, else empty. */
  readonly detail: string;
}
