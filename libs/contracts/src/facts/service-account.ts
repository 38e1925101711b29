import type { CivilDate, Yen } from '#libs/kernel';
import { fact } from './fact.js';

export type AccountType = 'ordinary' | 'current' | 'savings' | 'other';
export type Terminal = 'pc' | 'smartphone' | 'intermediary';
/** The class is decided by the server; where it cannot tell, the stricter of both holds (SM-7.3b). */
export type TerminalClass = Terminal | 'uncertain';

/** Where an account stands. The branch codes are those after any merger of branches (SM-12.3). */
export interface AccountPlace {
  readonly institution: string;
  readonly branch: string;
}

/** A branch whose accounts moved to another, by wish of the institution. Source: SM-12.3. */
export interface BranchMerger {
  readonly institution: string;
  readonly fromBranch: string;
  readonly toBranch: string;
}

/** An attachment or another proper stop of payment. `amount` absent: the whole balance. Source: SM-3.4-1-3. */
export interface PaymentStop {
  readonly kind: 'attachment' | 'payment_stop';
  readonly amount?: Yen;
}

/**
 * What could be withdrawn, in its three terms. The balance is below zero where the overdraft is drawn;
 * `overdraftLimit` is the whole line, used or not. Source: SM-3.4-1-2a.
 */
export interface Funds {
  readonly balance: Yen;
  readonly holds: Yen;
  readonly overdraftLimit: Yen;
}

/** Deposit types of a credit account as the Zengin system codes them: 普通, 当座, 貯蓄, その他. */
export type CreditType = '1' | '2' | '4' | '9';

export const serviceAccountFacts = {
  debitPlace: fact<AccountPlace>('thing', '支払指定口座の店', 'place of the debit account'),
  creditPlace: fact<AccountPlace>('thing', '入金指定口座の店', 'place of the credit account'),
  accountPlace: fact<AccountPlace>('thing', '口座の店', 'place of the account'),
  mergers: fact<readonly BranchMerger[]>('list', '店舗の統合', 'mergers of branches'),
  debitRegistered: fact<boolean>(
    'flag',
    'サービス利用口座として届出済み',
    'a registered service account',
  ),
  debitClosed: fact<boolean>('flag', '支払指定口座の解約', 'the debit account is closed'),
  creditAccountType: fact<CreditType>('choice', '入金口座の科目', 'type of the credit account'),
  creditBranchKnown: fact<boolean>(
    'flag',
    '加盟金融機関の店舗である',
    'a branch in the Zengin system',
  ),
  funds: fact<Funds>('thing', '残高・拘束・貸越枠', 'balance, holds and overdraft'),
  paymentStops: fact<readonly PaymentStop[]>('list', '差押・支払差止', 'attachments and stops'),
  accountType: fact<AccountType>('choice', '科目', 'account type'),
  accountRegistered: fact<boolean>(
    'flag',
    '届出のサービス利用口座',
    'a service account of the holder',
  ),
  closedOn: fact<CivilDate | undefined>('date', '口座の解約日', 'day the account was closed'),
  mainAccountClosed: fact<boolean>('flag', '代表口座が解約済み', 'the main account is closed'),
  removedFromService: fact<boolean>(
    'flag',
    'サービス利用口座からの削除',
    'removed from the service',
  ),
  terminal: fact<Terminal>('choice', '端末の種類', 'class of terminal'),
  terminalClass: fact<TerminalClass>('choice', '端末の判定', 'terminal as the server sees it'),
  isMainAccount: fact<boolean>('flag', '代表口座である', 'it is the main account'),
} as const;
