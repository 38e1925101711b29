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

/** What an order may be refused for beside a payment's reasons; `ledger_busy` is said without asking the ledger. */
export const ORDER_REFUSALS = [
  'ledger_busy',
  'key_reused',
  'amount_out_of_range',
  'correction_unknown',
  'already_corrected',
  'hold_unknown',
  'hold_ended',
  'hold_expired',
  'hold_exceeded',
  'account_not_empty',
] as const;

export type OrderRefusal = (typeof ORDER_REFUSALS)[number];

export const orderSentences: RefusalSentences<OrderRefusal> = {
  ledger_busy: {
    ja: 'ただいま混み合っています。同じ内容で、しばらくしてからもう一度お試しください。',
    en: 'Too many requests wait at the moment. Please send the same request again shortly.',
  },
  key_reused: {
    ja: '同じ番号で、別の内容の依頼をすでに受け付けています。',
    en: 'The same key was used before for another request.',
  },
  amount_out_of_range: {
    ja: '金額は1円以上1兆円以下で指定してください。',
    en: 'The amount must be between 1 and 1,000,000,000,000 yen.',
  },
  correction_unknown: {
    ja: '訂正の対象となる記帳が見つかりません。',
    en: 'There is no such posting to correct.',
  },
  already_corrected: {
    ja: 'この記帳はすでに訂正されています。',
    en: 'This posting has been corrected already.',
  },
  hold_unknown: {
    ja: '該当する資金の留保がこの口座にありません。',
    en: 'There is no such hold on this account.',
  },
  hold_ended: {
    ja: 'この留保はすでに使用されたか、解除されています。',
    en: 'This hold has been captured or released already.',
  },
  hold_expired: {
    ja: 'この留保は期限を過ぎています。',
    en: 'This hold has expired.',
  },
  hold_exceeded: {
    ja: '留保した金額を超えています。',
    en: 'The amount exceeds what was held.',
  },
  account_not_empty: {
    clause: 'SM-4.3',
    ja: '残高または留保が残っているため、口座を解約できません。',
    en: 'The account cannot be closed while it has a balance or a hold.',
  },
};
