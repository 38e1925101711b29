import { CivilDate } from '#libs/kernel';
import type {
  CloseOrder,
  EndHoldOrder,
  HoldOrder,
  OrderLine,
  PostOrder,
} from '../../domain/ledger-order.js';
import type { ModelAccount } from '../../domain/model/ledger-state.js';

export const TODAY = CivilDate.from('2026-11-22');
export const TOMORROW = TODAY.plusDays(1);
/** The steps of a case happen a second apart. */
export const stepAt = (step: number) => TODAY.startsAt() + 36_000_000 + step * 1_000;

export const FREE: Partial<ModelAccount> = { balance: 1_000n };
/** Every state in which an account can meet an order; undefined is one that does not exist. */
export const STATES: readonly (Partial<ModelAccount> | undefined)[] = [
  FREE,
  undefined,
  { ...FREE, closed: true },
  { ...FREE, debitStops: 1 },
  { ...FREE, creditStopped: true },
  { ...FREE, held: 400n },
  { ...FREE, overdraft: 500n },
  { balance: -200n, overdraft: 500n },
  { balance: 100n, held: 400n, overdraft: 500n },
];

export const line = (
  debitAccount: bigint,
  creditAccount: bigint,
  amountYen: bigint,
  more: Partial<OrderLine> = {},
): OrderLine => ({
  operation: 'transfer',
  debitAccount,
  creditAccount,
  amountYen,
  valueOn: TODAY,
  debitText: '振込 ﾔﾏﾀﾞ "ﾀﾛｳ"',
  creditText: 'ﾌﾘｺﾐ \\ {ｻﾄｳ}, NULL',
  ...more,
});

const asked = { bookedOn: TODAY, mayUseOverdraft: false } as const;

export const post = (
  key: string,
  lines: readonly OrderLine[],
  more: Partial<PostOrder> = {},
): PostOrder => ({ ...asked, act: 'post', key, lines, ...more });

export const hold = (key: string, account: bigint, more: Partial<HoldOrder> = {}): HoldOrder => ({
  ...asked,
  act: 'hold',
  key,
  account,
  kind: 'reservation',
  amountYen: 400n,
  text: 'ｶｿﾞｳ',
  ...more,
});

export const end = (
  act: EndHoldOrder['act'],
  key: string,
  account: bigint,
  held: string,
): EndHoldOrder => ({ ...asked, act, key, account, hold: held, text: '' });

export const close = (key: string, account: bigint): CloseOrder => ({
  ...asked,
  act: 'close',
  key,
  account,
  text: 'ｶｲﾔｸ',
});
