import type { RefusalSentences } from '#libs/kernel';
import type { LedgerRefusal, OrderRefusal } from '../../accounts/index.js';
import type { TrafficRefusal } from '../../consents/index.js';
import type { InstitutionRefusal } from '../../institutions/index.js';
import type { LimitRefusal } from '../../limits/index.js';

/** What a push may get wrong, in the order in which it is judged. */
export type ContentRefusal =
  | 'unknown_bank'
  | 'unknown_branch'
  | 'account_type_not_allowed'
  | 'account_number_invalid'
  | 'payee_name_invalid'
  | 'amount_out_of_range'
  | 'date_not_allowed'
  | 'edi_text_invalid'
  | 'instruction_id_reused';

/** What can stand between an offer or a confirmation and the debit. */
export type ConfirmationRefusal =
  | 'not_found'
  | 'state_conflict'
  | 'transfer_expired'
  | 'content_changed'
  | 'holder_unavailable'
  | 'service_stopped'
  | 'debit_not_registered'
  | 'same_account'
  | 'outside_service_hours';

export type TransferRefusal =
  | TrafficRefusal
  | ContentRefusal
  | ConfirmationRefusal
  | LimitRefusal
  | LedgerRefusal
  | Extract<OrderRefusal, 'ledger_busy'>
  | InstitutionRefusal;

export const contentSentences: RefusalSentences<ContentRefusal> = {
  unknown_bank: {
    clause: 'SM-5.1-1',
    ja: '振込先の金融機関コードが見つかりません。',
    en: 'There is no institution with this code.',
  },
  unknown_branch: {
    clause: 'SM-5.1-1',
    ja: '支店コードが見つかりません。',
    en: 'The institution has no branch with this code.',
  },
  account_type_not_allowed: {
    clause: 'SM-5.1-1',
    ja: 'この預金種目の口座は指定できません。',
    en: 'Accounts of this type cannot be named here.',
  },
  account_number_invalid: {
    clause: 'SM-5.1-1',
    ja: '口座番号は数字7桁で指定してください。',
    en: 'An account number has exactly seven digits.',
  },
  payee_name_invalid: {
    clause: 'SM-5.1-1',
    ja: '受取人名に使えない文字があるか、長さが合いません。カタカナと英数字で指定してください。',
    en: 'The payee name has a character that cannot be sent, or is too long. Use kana, A–Z and digits.',
  },
  amount_out_of_range: {
    clause: 'SM-5.1-1',
    ja: '金額は1円以上1兆円以下の整数で指定してください。',
    en: 'The amount is a whole number of yen from 1 to 1,000,000,000,000.',
  },
  date_not_allowed: {
    clause: 'SM-5.4-1',
    ja: '指定日は当日だけを受け付けています。',
    en: 'Only today can be designated.',
  },
  edi_text_invalid: {
    clause: 'SM-5.1-1',
    ja: 'EDI情報に使えない文字があるか、20バイトを超えています。',
    en: 'The EDI text has a character that cannot be sent, or more than 20 bytes.',
  },
  instruction_id_reused: {
    clause: 'SM-5.2',
    ja: '同じ指図番号で、内容の異なる依頼を既に受け付けています。',
    en: 'This instruction id was already used for other content.',
  },
};

export const confirmationSentences: RefusalSentences<ConfirmationRefusal> = {
  not_found: {
    ja: '該当する依頼が見つかりません。',
    en: 'There is no such request that you may see.',
  },
  state_conflict: {
    clause: 'SM-R3.2',
    ja: 'この依頼は、もう確定できる状態ではありません。',
    en: 'The request can no longer be confirmed.',
  },
  transfer_expired: {
    clause: 'SM-R3.2',
    ja: '確認の時間を過ぎたため、依頼は無効になりました。引落しは行われていません。',
    en: 'The time to confirm has passed. Nothing was debited.',
  },
  content_changed: {
    clause: 'SM-R3.2',
    ja: '表示した内容から変わったため、もう一度内容をご確認ください。',
    en: 'The content has changed since it was shown. Please look at it again.',
  },
  holder_unavailable: {
    clause: 'SM-3.4-1-4',
    ja: '現在、この取引をご利用いただけません。',
    en: 'This is not available at the moment.',
  },
  service_stopped: {
    clause: 'SM-3.4-1-4',
    ja: '現在、振込・振替サービスの利用が停止されています。',
    en: 'The transfer service of this holder is stopped.',
  },
  debit_not_registered: {
    clause: 'SM-5.1-1',
    ja: '支払口座として届け出られていない口座です。',
    en: 'The account is not registered for debits.',
  },
  same_account: {
    clause: 'SM-5.1-2-2',
    ja: '支払口座と振込先が同じ口座です。',
    en: 'Payer and payee are the same account.',
  },
  outside_service_hours: {
    clause: 'SM-R3.1',
    ja: '受付時間外です。',
    en: 'Transfers are not accepted at this hour.',
  },
};
