import type { LinkRight, Reach, RemovedRight } from '#libs/contracts';
import type { Words } from '#libs/kernel';

const RIGHTS: Readonly<Record<LinkRight, Words>> = {
  accounts_read: { ja: '口座一覧の参照', en: 'reading accounts' },
  balances_read: { ja: '残高の参照', en: 'reading balances' },
  transactions_read: { ja: '入出金明細の参照', en: 'reading transactions' },
  loans_read: { ja: '融資の参照', en: 'reading loans' },
  transfer_initiation: { ja: '振込・振替の依頼', en: 'initiating transfers' },
  new_consents: { ja: '新しい同意の取得', en: 'asking for new consents' },
  full_rate: { ja: '通常の通信量', en: 'the full rate of calls' },
};

const REACHES: Readonly<Record<'all' | 'direct' | 'chained', Words>> = {
  all: { ja: 'すべての通信', en: 'all calls' },
  direct: { ja: '自社の通信', en: "the intermediary's own calls" },
  chained: { ja: 'すべての連鎖接続先の通信', en: 'the calls of every chain partner' },
};

export const rightWords = (right: LinkRight): Words => RIGHTS[right];

/** Whose calls, in words; a partner by its name where that is known, else by its id, which both sides know. */
export const reachWords = (reach: Reach, partner?: Words): Words =>
  reach in REACHES ? REACHES[reach as keyof typeof REACHES] : (partner ?? { ja: reach, en: reach });

/** Of a lowered rate: how many calls are left (INT-17). */
const leftOf = ({ right, callsPerMinuteMax: left }: RemovedRight): Words => {
  const { ja, en } = rightWords(right);
  return left === undefined
    ? { ja, en }
    : { ja: `${ja}（毎分${left}回までは可）`, en: `${en} (up to ${left} a minute are left)` };
};

export const removedRow = (removed: RemovedRight, partner?: Words): readonly [Words, Words] => [
  leftOf(removed),
  reachWords(removed.reach, partner),
];
