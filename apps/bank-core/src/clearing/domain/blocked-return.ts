import type { Instant, Yen } from '#libs/kernel';
import type { LedgerRefusal } from '../../accounts/index.js';
import type { ReturnReason } from './interbank.ports.js';

/** Money that the other side sent back and that no account has taken yet: it stands in clearing (SM-5.4-2 c). */
export interface BlockedReturn {
  readonly transferId: string;
  readonly amountYen: Yen;
  readonly reason: ReturnReason;
  /** What the ledger said when it was tried last. */
  readonly blockedBy: LedgerRefusal;
  /** When it came back from the other side. */
  readonly returnedAt: Instant;
  /** The account that was debited, as it stands now. */
  readonly debitAccount: {
    readonly accountId: string;
    readonly branchCode: string;
    readonly accountType: string;
    readonly accountNumber: string;
    readonly closed: boolean;
    readonly takesCredits: boolean;
  };
}

/** What two people decide: that the money goes back now, and where if the debited account is closed. */
export interface ReturnRetry {
  readonly institutionId: number;
  readonly transferId: string;
  /** Of the same holder's contract; null: the account that was debited. */
  readonly accountId: string | null;
  readonly grounds: string;
}
