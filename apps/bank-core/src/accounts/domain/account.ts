import type { CivilDate, Instant, Yen } from '#libs/kernel';

export type AccountId = `acc_${string}`;

/** 預金種目 of the Zengin formats: 1 普通 (総合口座 included), 2 当座, 4 貯蓄, 9 その他. */
export type AccountType = '1' | '2' | '4' | '9';

export const ACCOUNT_TYPE_NAMES: Readonly<Record<AccountType, { ja: string; en: string }>> = {
  '1': { ja: '普通', en: 'Ordinary' },
  '2': { ja: '当座', en: 'Current' },
  '4': { ja: '貯蓄', en: 'Savings' },
  '9': { ja: 'その他', en: 'Other' },
};

/** How an account is named outside: three codes, no id. */
export interface AccountNumber {
  readonly branchCode: string;
  readonly accountType: AccountType;
  readonly accountNumber: string;
}

/** A deposit account of this institution, whoever holds it. */
export interface DepositAccount extends AccountNumber {
  readonly institutionId: number;
  readonly accountId: AccountId;
  /** The key of the ledger's row; it never leaves bank-core. */
  readonly ledgerId: bigint;
  readonly nameKana: string;
  readonly closed: boolean;
  readonly closedOn?: CivilDate;
  /** 支払差止 (SM-3.4-1-3) and 入金停止: never told to an intermediary (T-29). */
  readonly debitStopped: boolean;
  readonly creditStopped: boolean;
}

/** サービス利用口座: an account that the holder's internet-banking contract names (SM-R1, SM-R2). */
export interface ServiceAccount extends DepositAccount {
  readonly branchName: string;
  /** 代表口座: exactly one per contract; closing it ends the contract (SM-11.3b). */
  readonly isMain: boolean;
  /** Whether a transfer may debit it: registered as 支払指定口座 (SM-5.1-1). */
  readonly mayDebit: boolean;
  /** Why it cannot be chosen for a consent or a transfer, where it cannot. */
  readonly ineligibleReason?: 'account_closed' | 'debit_not_registered';
}

/** Whether and how an account still belongs to its holder's contract (SM-4.3, SM-11.3b, SM-12.2). */
export interface AccountStanding {
  readonly closedOn: CivilDate | undefined;
  readonly isInService: boolean;
  readonly mainAccountClosed: boolean;
}

/** What the account row says now. `withdrawableYen` = balance − held + overdraft (SM-3.4-1-2a). */
export interface AccountBalance {
  readonly balanceYen: Yen;
  readonly heldYen: Yen;
  readonly overdraftYen: Yen;
  readonly withdrawableYen: Yen;
  /** The sequence of the account's last leg. */
  readonly version: bigint;
}

/** One leg of a posting, as a statement shows it. */
export interface StatementEntry {
  readonly postingId: bigint;
  /** The leg's place in the account's history: 1, 2, 3 … without gap. */
  readonly sequence: bigint;
  readonly bookedOn: CivilDate;
  readonly valueOn: CivilDate;
  readonly postedAt: Instant;
  readonly direction: 'credit' | 'debit';
  readonly amountYen: Yen;
  readonly balanceAfterYen: Yen;
  readonly operation: PostingOperation;
  readonly description: string;
  readonly ediText?: string;
}

/** What a posting is, in the words of 取引区分 (japan.md 5.2) and of this system. */
export const POSTING_OPERATIONS = [
  'cash',
  'transfer',
  'book_transfer',
  'direct_debit',
  'fee',
  'interest',
  'return',
  'correction',
  'other',
] as const;

export type PostingOperation = (typeof POSTING_OPERATIONS)[number];

/** The institution's own accounts: the other side of everything that enters or leaves the house. */
export const SYSTEM_ROLES = [
  'clearing',
  'fee_income',
  'cash',
  'interest_paid',
  'opening',
  'compensation',
] as const;

export type SystemRole = (typeof SYSTEM_ROLES)[number];
