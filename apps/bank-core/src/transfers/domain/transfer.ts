import type { TransferKind, TransferStatus } from '#libs/contracts';
import type { CivilDate, Instant, Yen } from '#libs/kernel';
import type { AccountNumber, AccountType } from '../../accounts/index.js';
import type { LimitStanding } from '../../limits/index.js';

export type { TransferKind, TransferStatus };

export type TransferId = `trf_${string}`;

/**
 * What became of a transfer after it was sent: its money is back on the debited account, or the other institution has
 * sent it back and no account has taken it yet (SM-5.4-2).
 */
export const AFTERCARE = ['returned', 'return_pending'] as const;
export type Aftercare = (typeof AFTERCARE)[number];

/** The payee as stored: normalised, and exactly what is shown, executed and recorded (T-07). */
export interface Creditor {
  readonly bankCode: string;
  readonly branchCode: string;
  readonly accountType: AccountType;
  readonly accountNumber: string;
  /** Half-width Zengin kana. */
  readonly nameKana: string;
}

/** What a push asks for, after its form was checked. */
export interface TransferContent {
  readonly debitAccount: AccountNumber | null;
  readonly creditor: Creditor;
  readonly amountYen: Yen;
  /** Null: on the day on which it is confirmed. */
  readonly requestedOn: CivilDate | null;
  readonly ediText: string | null;
}

/** Who asks: the client, its intermediary and the chain partner behind it, or `none`. */
export interface Requester {
  readonly clientId: string;
  readonly epspId: string;
  readonly chainPartnerId: string;
}

export interface Transfer extends TransferContent, Requester {
  readonly institutionId: number;
  readonly transferId: TransferId;
  readonly instructionId: string;
  /** Fingerprint of the normalised content: the same instruction id never means two contents. */
  readonly contentHash: string;
  readonly status: TransferStatus;
  readonly statusReason: string | null;
  readonly aftercare: Aftercare | null;
  readonly kind: TransferKind | null;
  readonly feeYen: Yen | null;
  readonly designatedOn: CivilDate | null;
  readonly holderId: string | null;
  readonly receivedAt: Instant;
  readonly expiresAt: Instant;
  readonly confirmedAt: Instant | null;
  /** The hash of what the holder confirmed; null until then. */
  readonly confirmedHash: string | null;
  /** When the debit was posted: the transfer is formed then (SM-5.2). */
  readonly formedAt: Instant | null;
}

/** What others are told about a transfer. `statusReason` is what an intermediary may know (T-29). */
export interface TransferView extends Transfer {
  readonly bankCode: string;
  readonly asOf: Instant;
}

/** The answer to a push: `isNew` is false where the same content had been pushed before. */
export interface PreparedTransfer extends TransferView {
  readonly isNew: boolean;
}

/** What a push sends, form checked by the DTO, content not yet. */
export interface PrepareTransfer extends Requester {
  readonly institutionId: number;
  readonly interactionId: string;
  readonly instructionId: string;
  readonly debitAccount?: AccountNumber | undefined;
  readonly creditor: Omit<Creditor, 'accountType'> & { readonly accountType: string };
  readonly amountYen: string;
  readonly requestedDate?: string | undefined;
  readonly ediText?: string | undefined;
}

/** What the confirmation page shows, and nothing else: its hash is what the holder confirms (T-02). */
export interface TransferOffer {
  readonly transferId: TransferId;
  readonly requester: Requester;
  readonly payer: AccountNumber & {
    readonly accountId: string;
    readonly branchName: string;
    readonly nameKana: string;
    readonly withdrawableYen: Yen;
  };
  readonly payee: Creditor & {
    readonly bankName: string;
    readonly branchName: string;
    /** True only where the account is ours and its name is the same; else the page says 未確認 (T-07). */
    readonly verified: boolean;
  };
  readonly amountYen: Yen;
  readonly feeYen: Yen;
  readonly kind: TransferKind;
  /** The clauses that the page cites: classification, fee, formation, limit. */
  readonly clauses: readonly string[];
  readonly designatedOn: CivilDate;
  readonly expectedCreditAt: Instant;
  readonly ediText: string | null;
  readonly limitYen: Yen;
  /** Used and left before this transfer: by the day of the request, then by the designated day. */
  readonly limits: readonly LimitStanding[];
  readonly expiresAt: Instant;
  readonly contentHash: string;
}

export interface OfferTransfer {
  readonly institutionId: number;
  readonly transferId: string;
  readonly holderId: string;
  readonly debitAccountId: string;
  readonly at: Instant;
}

export interface ConfirmTransfer {
  readonly institutionId: number;
  readonly transferId: string;
  readonly holderId: string;
  readonly debitAccountId: string;
  readonly contentHash: string;
  /** Names of the factors that matched, never their values. */
  readonly factors: readonly string[];
  readonly interactionId: string;
}

export interface AbandonTransfer {
  readonly institutionId: number;
  readonly transferId: string;
  readonly holderId?: string | undefined;
  /** By whom or what: the holder, time, a stopped link, or another refusal, which `because` names. */
  readonly reason: 'user_cancelled' | 'expired' | 'linkage_suspended' | 'refused';
  readonly because?: string | undefined;
}
