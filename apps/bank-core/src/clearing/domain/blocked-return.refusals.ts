import type { RefusalSentences } from '#libs/kernel';

/** Why the money of a transfer that came back is not given back by an officer. */
export type BlockedReturnRefusal =
  | 'return_unknown'
  | 'return_not_blocked'
  | 'return_goes_to_debit_account'
  | 'return_account_unknown';

export const blockedReturnSentences: RefusalSentences<BlockedReturnRefusal> = {
  return_unknown: {
    ja: '他の金融機関へ発信したその振込はありません。',
    en: 'No such transfer was sent to another institution.',
  },
  return_not_blocked: {
    clause: 'SM-5.4-2',
    ja: 'この振込に、入金を待っている返却資金はありません。',
    en: 'Of this transfer no returned money waits to be credited.',
  },
  return_goes_to_debit_account: {
    clause: 'SM-5.4-2',
    ja: '支払指定口座が解約されていない間は、返却資金は支払指定口座にだけ入金できます。',
    en: 'As long as the debited account is not closed, returned money goes there and nowhere else.',
  },
  return_account_unknown: {
    clause: 'SM-5.4-2',
    ja: '入金先は、同じ契約者のサービス利用口座でなければなりません。',
    en: 'The account to be credited has to be a service account of the same holder.',
  },
};
