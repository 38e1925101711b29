import type { RefusalSentences } from '#libs/kernel';

/** Why the ledger does not post, in the order in which it looks. */
export const LEDGER_REFUSALS = [
  'debit_account_unknown',
  'account_closed',
  'payment_stopped',
  'payee_account_unknown',
  'payee_account_closed',
  'insufficient_funds',
] as const;

export type LedgerRefusal = (typeof LEDGER_REFUSALS)[number];

export const ledgerSentences: RefusalSentences<LedgerRefusal> = {
  debit_account_unknown: {
    clause: 'SM-5.1-1',
    ja: '支払口座が見つかりません。',
    en: 'The account to be debited does not exist.',
  },
  account_closed: {
    clause: 'SM-3.4-1-1',
    ja: '支払口座は解約されています。',
    en: 'The account to be debited is closed.',
  },
  payment_stopped: {
    clause: 'SM-3.4-1-3',
    ja: '支払口座の支払いは差し止められています。',
    en: 'Payments from this account are stopped.',
  },
  payee_account_unknown: {
    clause: 'SM-5.1-1',
    ja: '振込先の口座が見つかりません。口座番号と科目を確認してください。',
    en: 'The payee account does not exist. Please check its number and type.',
  },
  payee_account_closed: {
    clause: 'SM-5.1-1',
    ja: '振込先の口座は入金を受け付けていません。',
    en: 'The payee account does not take deposits.',
  },
  insufficient_funds: {
    clause: 'SM-3.4-1-2a',
    ja: '振込金額と手数料の合計が、支払可能な金額を超えています。',
    en: 'Amount and fee together exceed what can be withdrawn.',
  },
};
