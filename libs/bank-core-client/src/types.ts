/** Shapes of bank-core's internal API, version 1. Money is a string of whole yen, times are RFC 3339. */

export type BankFunction =
  'accounts_read' | 'balances_read' | 'transactions_read' | 'transfer_initiation';

export interface AccountNumber {
  readonly branchCode: string;
  readonly accountType: string;
  readonly accountNumber: string;
}

export interface Creditor extends AccountNumber {
  readonly bankCode: string;
  readonly nameKana: string;
}

export interface TransferRequest {
  readonly instructionId: string;
  readonly debitAccount?: AccountNumber;
  readonly creditor: Creditor;
  readonly amountYen: string;
  readonly requestedDate?: string;
  readonly ediText?: string;
}

export type TransferStatus =
  'RCVD' | 'ACTC' | 'SCHD' | 'RSVD' | 'ACSP' | 'ACSC' | 'PDNG' | 'RJCT' | 'CANC' | 'EXPD';

export interface TransferView {
  readonly transferId: string;
  readonly instructionId: string;
  readonly bankCode: string;
  readonly status: TransferStatus;
  readonly statusReason: string | null;
  readonly kind: 'furikomi' | 'furikae' | null;
  readonly creditor: Creditor;
  readonly amountYen: string;
  readonly feeYen: string | null;
  readonly requestedDate: string | null;
  readonly receivedAt: string;
  readonly expiresAt: string;
  readonly confirmedAt: string | null;
  readonly formedAt: string | null;
  readonly chainPartnerId: string;
  readonly asOf: string;
}

export interface ApprovalRequest {
  /** Stable for one pushed request: a second call with it voids the handle of the first. */
  readonly requestKey: string;
  readonly kind: 'account_information' | 'transfer_initiation';
  readonly bankCode: string | null;
  readonly accountInformation?: {
    readonly permissions: readonly string[];
    readonly purpose: string;
    readonly termDays: number;
  };
  readonly transferId?: string;
  readonly returnUrl: string;
  readonly redirectOrigin: string;
  readonly locale: 'ja' | 'en' | null;
  readonly expiresAt: string;
}

export interface ApprovalHandle {
  readonly approvalId: string;
  readonly url: string;
}

export interface ApprovalResult {
  readonly approvalId: string;
  readonly requestKey: string;
  readonly outcome: 'approved' | 'refused' | 'expired' | 'stopped';
  readonly reason: string | null;
  readonly subject: string | null;
  readonly bankCode: string | null;
  readonly consent: {
    readonly consentId: string;
    readonly permissions: readonly string[];
    readonly purpose: string;
    readonly accountIds: readonly string[];
    readonly expiresAt: string;
  } | null;
  readonly transfer: { readonly transferId: string; readonly status: TransferStatus } | null;
}

export interface AccountView {
  readonly accountId: string;
  readonly bankCode: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: string;
  readonly accountTypeName: { readonly ja: string; readonly en: string };
  readonly accountNumber: string;
  readonly nameKana: string;
  readonly currency: 'JPY';
  readonly isMain: boolean;
  readonly closed: boolean;
}

export interface AccountsView {
  readonly data: readonly AccountView[];
  readonly asOf: string;
}

export interface BalancesView {
  readonly accountId: string;
  readonly currency: 'JPY';
  readonly currentYen: string;
  readonly withdrawableYen: string;
  readonly previousDayYen: string;
  readonly previousMonthEndYen: string;
  readonly asOf: string;
}

export interface TransactionView {
  readonly transactionId: string;
  readonly bookingDate: string;
  readonly valueDate: string;
  readonly direction: 'credit' | 'debit';
  readonly amountYen: string;
  readonly balanceAfterYen: string;
  readonly description: string;
  readonly kind: string;
  readonly ediText: string | null;
}

export interface TransactionsView {
  readonly accountId: string;
  readonly data: readonly TransactionView[];
  /** Sequence of the last posting on this page, or null where nothing follows. */
  readonly nextAfter: string | null;
  readonly asOf: string;
}

export interface CatalogueView {
  readonly institutions: readonly {
    readonly bankCode: string;
    readonly kind: string;
    readonly nameJa: string;
    readonly nameKana: string;
    readonly nameEn: string;
    readonly functions: Readonly<Record<BankFunction, boolean>>;
  }[];
  readonly intermediaries: readonly {
    readonly epspId: string;
    readonly nameJa: string;
    readonly nameKana: string;
    readonly nameEn: string;
    readonly registration: string;
    readonly status: string;
    readonly coveredBankCodes: readonly string[];
  }[];
  readonly chainPartners: readonly {
    readonly chainPartnerId: string;
    readonly epspId: string;
    readonly nameJa: string;
    readonly nameEn: string;
    readonly functions: readonly string[];
    readonly contractFrom: string;
    readonly contractTo: string | null;
    readonly status: string;
  }[];
}

export interface LinkStateView {
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly function: string;
  readonly state: string;
  readonly clause: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

export type LinkMessage =
  | {
      readonly type: 'snapshot' | 'change';
      readonly bankCode: string;
      readonly version: number;
      readonly states: readonly LinkStateView[];
    }
  | { readonly type: 'heartbeat'; readonly versions: Readonly<Record<string, number>> };

export type ConsentMessage =
  | {
      readonly type: 'consent';
      readonly bankCode: string;
      readonly consentId: string;
      readonly state: string;
      readonly reason: string | null;
      readonly cursor: string;
    }
  | { readonly type: 'heartbeat'; readonly cursor: string };

/** RFC 9457 as bank-core answers it. */
export interface BankCoreProblem {
  readonly status: number;
  readonly code: string;
  readonly clause?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly errors?: readonly { pointer: string; code: string; detail: string }[];
}
