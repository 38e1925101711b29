import type { TransferKind } from '#libs/contracts';
import { CivilDate, type Instant, type Yen } from '#libs/kernel';
import type { HoldKind, LedgerAnswer, LedgerParty } from '../ledger-order.js';

/** An account as the ledger stands. */
export interface ModelAccount {
  readonly balance: Yen;
  /** The sum of its standing holds. */
  readonly held: Yen;
  readonly overdraft: Yen;
  readonly version: bigint;
  readonly bookedOn: CivilDate;
  readonly closed: boolean;
  /** Stops and attachments of the whole account that stand (SM-3.4-1-3). */
  readonly debitStops: number;
  readonly creditStopped: boolean;
}

/** As the table's defaults have it. */
export const NEW_ACCOUNT: ModelAccount = {
  balance: 0n,
  held: 0n,
  overdraft: 0n,
  version: 0n,
  bookedOn: CivilDate.from('1970-01-01'),
  closed: false,
  debitStops: 0,
  creditStopped: false,
};

export interface ModelHold {
  readonly account: bigint;
  readonly kind: HoldKind;
  readonly amountYen: Yen | 'whole';
  readonly capturedYen: Yen;
  readonly state: 'held' | 'captured' | 'released' | 'expired';
  readonly expiresAt?: Instant | undefined;
  /** The uuid of the order that ended it. */
  readonly endedBy?: string;
}

/** What was requested on a day, and what is designated for it. */
export interface ModelLimitUse {
  readonly requested: Yen;
  readonly designated: Yen;
}

/** A row of the link's states that is not active; `*` stands for every chain partner. */
export interface ModelLinkStop extends LedgerParty {
  readonly state: 'terminated' | 'suspended' | 'restricted';
  readonly clause: string;
  readonly since: Instant;
  readonly until?: Instant | undefined;
}

/** What an order's key remembers for ever. */
export interface KnownOrder extends LedgerAnswer {
  readonly hash: string;
  readonly movedMoney: boolean;
}

/** One institution's ledger. Keys of orders and holds are the uuids of `ledgerKey`. */
export interface LedgerState {
  readonly accounts: Map<bigint, ModelAccount>;
  readonly holds: Map<string, ModelHold>;
  /** By `subject day`. */
  readonly limits: Map<string, ModelLimitUse>;
  readonly linkStops: ModelLinkStop[];
  readonly known: Map<string, KnownOrder>;
  readonly corrected: Set<string>;
}

export const emptyLedger = (): LedgerState => ({
  accounts: new Map(),
  holds: new Map(),
  limits: new Map(),
  linkStops: [],
  known: new Map(),
  corrected: new Set(),
});

/** A leg pair as it came about: the row of a posting without what it shares with its order. */
export interface ModelLeg {
  readonly amountYen: Yen;
  readonly debitSeq: bigint;
  readonly debitBalance: Yen;
  readonly creditSeq: bigint | null;
  readonly creditBalance: Yen | null;
}

/** What an order changes when nothing stands against it. */
export interface Effects {
  readonly legs: readonly ModelLeg[];
  readonly accounts: ReadonlyMap<bigint, ModelAccount>;
  readonly hold?: readonly [key: string, hold: ModelHold];
}

export type Judged = Effects | LedgerAnswer;
export const isRefused = (judged: Judged): judged is LedgerAnswer => 'status' in judged;

export const refuse = (status: LedgerAnswer['status'], detail = ''): LedgerAnswer => ({
  status,
  detail,
});

/** The facts of `mayProcessRequest` about an account. Partial attachments are in the sum of its holds. */
export const processingFacts = (account: ModelAccount, amountYen: Yen, stops: number) => ({
  transferKind: 'furikomi' as const satisfies TransferKind,
  transferAmount: amountYen,
  // A fee is a line of its own: together they are judged by the order's being whole or nothing.
  feeYen: 0n,
  debitClosed: account.closed,
  paymentStops: Array.from({ length: stops }, () => ({ kind: 'payment_stop' as const })),
  serviceStopped: false,
  funds: { balance: account.balance, holds: account.held, overdraftLimit: account.overdraft },
});
