import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { LedgerModel } from './ledger-model.js';
import type { HoldOrder, LedgerOrder, PostOrder } from './ledger-order.js';
import type { ModelAccount } from './model/ledger-state.js';

const MONDAY = CivilDate.from('2026-11-23');
const [TUESDAY, WEDNESDAY, THURSDAY] = [1, 2, 3].map((days) => MONDAY.plusDays(days)) as [
  CivilDate,
  CivilDate,
  CivilDate,
];
const NOON = MONDAY.startsAt() + 12 * 3_600_000;
const [HANAKO, SHOP, FEES] = [1n, 2n, 3n];

let keys = 0;
const freshKey = () => `key/${(keys += 1)}`;

/** 100 yen on Hanako's account unless said otherwise; the shop and the fee income are empty. */
function ledgerWith(hanako: Partial<ModelAccount> = {}): LedgerModel {
  const model = new LedgerModel();
  model.open(HANAKO, { balance: 100n, ...hanako });
  model.open(SHOP);
  model.open(FEES);
  return model;
}

const toShop = (amountYen: bigint, more: Partial<PostOrder> = {}, feeYen = 0n): PostOrder => {
  const text = { valueOn: MONDAY, debitText: '', creditText: '', debitAccount: HANAKO } as const;
  const amount = { ...text, operation: 'transfer', creditAccount: SHOP, amountYen } as const;
  const fee = { ...text, operation: 'fee', creditAccount: FEES, amountYen: feeYen } as const;
  return {
    act: 'post',
    key: freshKey(),
    bookedOn: MONDAY,
    mayUseOverdraft: false,
    lines: feeYen > 0n ? [amount, fee] : [amount],
    ...more,
  };
};

const keep = (amountYen: bigint | 'whole', more: Partial<HoldOrder> = {}): HoldOrder => ({
  act: 'hold',
  key: freshKey(),
  bookedOn: MONDAY,
  mayUseOverdraft: false,
  account: HANAKO,
  kind: 'attachment',
  amountYen,
  text: '',
  ...more,
});

const releaseOf = (hold: HoldOrder, act: 'release' | 'expiry' = 'release'): LedgerOrder => ({
  act,
  key: freshKey(),
  bookedOn: MONDAY,
  mayUseOverdraft: false,
  account: HANAKO,
  hold: hold.key,
  text: '',
});

const statusOf = (model: LedgerModel, order: LedgerOrder, at = NOON) =>
  model.place(order, at).answer.status;
const balances = (model: LedgerModel) =>
  [HANAKO, SHOP, FEES].map((id) => model.state.accounts.get(id)?.balance);

describe('the debit side of SM-3.4(1)', () => {
  //     clause           balance  held  overdraft  usable  amount  fee  expected
  test.each([
    ['SM-3.4-1-2a/a', 100n, 0n, 0n, false, 100n, 0n, 'posted'],
    ['SM-3.4-1-2a/b', 100n, 0n, 0n, false, 101n, 0n, 'insufficient_funds'],
    ['SM-3.4-1-2a/c', 100n, 0n, 0n, false, 100n, 1n, 'insufficient_funds'],
    ['SM-3.4-1-2a/c', 100n, 0n, 0n, false, 99n, 1n, 'posted'],
    ['SM-3.4-1-2a/d', 100n, 0n, 50n, true, 150n, 0n, 'posted'],
    ['SM-3.4-1-2a/d', 100n, 0n, 50n, true, 151n, 0n, 'insufficient_funds'],
    ['SM-3.4-1-2a/d', 100n, 0n, 50n, false, 101n, 0n, 'insufficient_funds'],
    ['SM-3.4-1-3/b', 100n, 40n, 0n, false, 60n, 0n, 'posted'],
    ['SM-3.4-1-3/b', 100n, 40n, 0n, false, 61n, 0n, 'insufficient_funds'],
    ['SM-3.4-1-3/b', 100n, 40n, 50n, true, 110n, 0n, 'posted'],
    ['SM-3.4-1-3/b', 100n, 40n, 50n, true, 111n, 0n, 'insufficient_funds'],
  ] as const)(
    '%s balance %d, held %d, overdraft %d (usable: %s): %d and fee %d → %s',
    (_, balance, held, overdraft, mayUseOverdraft, amount, fee, expected) => {
      const model = ledgerWith({ balance, held, overdraft });
      expect(statusOf(model, toShop(amount, { mayUseOverdraft }, fee))).toBe(expected);
      const after =
        expected === 'posted' ? [balance - amount - fee, amount, fee] : [balance, 0n, 0n];
      expect(balances(model)).toEqual(after);
    },
  );

  test('SM-3.4-1-1 from a closed account nothing is debited, and nothing is credited to it', () => {
    const model = ledgerWith({ balance: 0n, closed: true });
    model.open(9n, { balance: 10n });
    expect(statusOf(model, toShop(1n))).toBe('account_closed');
    const line = { ...toShop(1n).lines[0]!, debitAccount: 9n, creditAccount: HANAKO };
    expect(statusOf(model, toShop(1n, { lines: [line] }))).toBe('payee_account_closed');
  });

  test('SM-3.4-1-3/a a stop of the whole account stops every debit until the last one is lifted', () => {
    const model = ledgerWith();
    const [attachment, stop] = [keep('whole'), keep('whole', { kind: 'payment_stop' })];
    expect([attachment, stop].map((order) => statusOf(model, order))).toEqual(['posted', 'posted']);
    expect(statusOf(model, toShop(1n))).toBe('payment_stopped');
    expect(statusOf(model, keep(1n, { kind: 'reservation' }))).toBe('payment_stopped');
    expect(statusOf(model, releaseOf(stop))).toBe('posted');
    expect(statusOf(model, toShop(1n))).toBe('payment_stopped');
    expect(statusOf(model, releaseOf(attachment))).toBe('posted');
    expect(statusOf(model, toShop(1n))).toBe('posted');
  });

  test('SM-3.4-1-3/a the whole of an overdrawn account can be stopped; no yen at all is no amount', () => {
    const model = ledgerWith({ balance: -20n, overdraft: 50n });
    expect(statusOf(model, keep(0n))).toBe('amount_out_of_range');
    expect(statusOf(model, keep('whole'))).toBe('posted');
    expect(statusOf(model, keep('whole', { kind: 'reservation' }))).toBe('amount_out_of_range');
  });

  test('SM-3.4-1-3/b an attachment takes from the deposit, not from the overdraft line', () => {
    const model = ledgerWith({ overdraft: 50n });
    expect(statusOf(model, keep(101n, { mayUseOverdraft: true }))).toBe('insufficient_funds');
    expect(statusOf(model, keep(100n, { mayUseOverdraft: true }))).toBe('posted');
    expect(statusOf(model, toShop(50n, { mayUseOverdraft: true }))).toBe('posted');
    expect(statusOf(model, toShop(1n, { mayUseOverdraft: true }))).toBe('insufficient_funds');
  });
});

describe('SM-5.3-1b the limit of 100 on both bases', () => {
  const order = (charge: bigint, requestedOn: CivilDate, designatedOn: CivilDate, yen = 1n) =>
    toShop(yen, {
      limit: { subject: 'hanako', limitYen: 100n, chargeYen: charge, requestedOn, designatedOn },
    });
  const accepted = ['posted', ''];
  const onRequest = ['limit_exceeded', 'request_date'];
  const onDesignated = ['limit_exceeded', 'designated_date'];

  test.each([
    ['a', [order(60n, MONDAY, WEDNESDAY), order(60n, MONDAY, THURSDAY)], [accepted, onRequest]],
    [
      'b',
      [order(60n, MONDAY, WEDNESDAY), order(60n, TUESDAY, WEDNESDAY)],
      [accepted, onDesignated],
    ],
    ['c', [order(60n, MONDAY, WEDNESDAY), order(40n, TUESDAY, WEDNESDAY)], [accepted, accepted]],
    [
      'd',
      [order(60n, MONDAY, MONDAY), order(41n, MONDAY, MONDAY), order(40n, MONDAY, MONDAY)],
      [accepted, ['limit_exceeded', 'request_date,designated_date'], accepted],
    ],
    [
      'e',
      [order(60n, MONDAY, MONDAY, 1_000n), order(100n, MONDAY, MONDAY)],
      [['insufficient_funds', ''], accepted],
    ],
    [
      'f',
      [order(60n, MONDAY, WEDNESDAY), order(50n, WEDNESDAY, WEDNESDAY)],
      [accepted, onDesignated],
    ],
  ] as const)('SM-5.3-1b/%s', (_, orders, expected) => {
    const model = ledgerWith();
    const answers = orders.map((one) => model.place(one, NOON).answer);
    expect(answers.map(({ status, detail }) => [status, detail])).toEqual(expected);
  });
});

describe('one order, one effect', () => {
  test('the same key answers the same for ever, refusals too; with other content it is reused', () => {
    const model = ledgerWith();
    const [paid, refusedOnce] = [toShop(60n), toShop(60n)];
    expect([paid, refusedOnce].map((order) => statusOf(model, order))).toEqual([
      'posted',
      'insufficient_funds',
    ]);
    model.open(HANAKO, { balance: 1_000n });
    expect([paid, refusedOnce].map((order) => model.place(order, NOON))).toEqual([
      { answer: { status: 'posted', detail: '' }, rows: [] },
      { answer: { status: 'insufficient_funds', detail: '' }, rows: [] },
    ]);
    expect(statusOf(model, { ...toShop(61n), key: paid.key })).toBe('key_reused');
    expect(balances(model)).toEqual([1_000n, 60n, 0n]);
  });

  test('RKN-S4 access comes before a replayed answer, and the key keeps what it was told (T-21)', () => {
    const model = ledgerWith();
    const order = toShop(1n, { party: { epspId: 'epsp_1', chainPartnerId: 'none' } });
    expect(statusOf(model, order)).toBe('posted');
    const stop = { epspId: 'epsp_1', chainPartnerId: '*', state: 'suspended' } as const;
    model.state.linkStops.push({ ...stop, clause: 'RKN-S4c', since: NOON + 1 });
    expect(statusOf(model, order)).toBe('posted');
    expect(model.place(order, NOON + 1)).toEqual({
      answer: { status: 'linkage_suspended', detail: 'RKN-S4c' },
      rows: [],
    });
  });

  test('all lines or none; what was refused is a row with its first line and without places', () => {
    const model = ledgerWith();
    const { rows } = model.place(toShop(60n, {}, 41n), NOON);
    expect(rows).toMatchObject([
      { line: 1, status: 'insufficient_funds', amountYen: 60n, debitSeq: null, creditSeq: null },
    ]);
    expect(balances(model)).toEqual([100n, 0n, 0n]);
    expect(model.place(toShop(60n, {}, 40n), NOON).rows).toMatchObject([
      { line: 1, debitSeq: 1n, debitBalance: 40n, creditSeq: 1n, creditBalance: 60n },
      { line: 2, debitSeq: 2n, debitBalance: 0n, creditSeq: 1n, creditBalance: 40n },
    ]);
  });

  test('a posting is corrected once, by a new entry that points at it', () => {
    const model = ledgerWith();
    const wrong = toShop(60n);
    const correction = () => toShop(1n, { corrects: wrong.key });
    expect(statusOf(model, correction())).toBe('correction_unknown');
    expect(statusOf(model, wrong)).toBe('posted');
    expect(statusOf(model, toShop(41n, { corrects: wrong.key }))).toBe('insufficient_funds');
    expect(statusOf(model, correction())).toBe('posted');
    expect(statusOf(model, correction())).toBe('already_corrected');
  });

  test('an account is closed when it holds nothing and owes nothing', () => {
    const model = ledgerWith();
    const closing = (): LedgerOrder => ({
      ...{ act: 'close', key: freshKey(), bookedOn: MONDAY, mayUseOverdraft: false },
      ...{ account: HANAKO, text: '' },
    });
    expect(statusOf(model, closing())).toBe('account_not_empty');
    expect(statusOf(model, toShop(100n))).toBe('posted');
    expect([1, 2].map(() => statusOf(model, closing()))).toEqual(['posted', 'account_closed']);
  });
});

describe('a hold of 60 of 100 until noon and one second', () => {
  const END = NOON + 1_000;
  //                          what comes                                 when     expected
  test.each([
    ['capture of all', (hold: HoldOrder) => toShop(60n, { captures: hold.key }), NOON, 'posted'],
    ['capture of less', (hold: HoldOrder) => toShop(1n, { captures: hold.key }), END - 1, 'posted'],
    [
      'capture of more',
      (hold: HoldOrder) => toShop(61n, { captures: hold.key }),
      NOON,
      'hold_exceeded',
    ],
    [
      'capture at its end',
      (hold: HoldOrder) => toShop(1n, { captures: hold.key }),
      END,
      'hold_expired',
    ],
    [
      'fee from what is free',
      (hold: HoldOrder) => toShop(60n, { captures: hold.key }, 40n),
      NOON,
      'posted',
    ],
    [
      'fee beyond it',
      (hold: HoldOrder) => toShop(60n, { captures: hold.key }, 41n),
      NOON,
      'insufficient_funds',
    ],
    ['another payment', () => toShop(41n), NOON, 'insufficient_funds'],
    ['release', (hold: HoldOrder) => releaseOf(hold), NOON, 'posted'],
    [
      'expiry before its end',
      (hold: HoldOrder) => releaseOf(hold, 'expiry'),
      END - 1,
      'hold_unknown',
    ],
    ['expiry at its end', (hold: HoldOrder) => releaseOf(hold, 'expiry'), END, 'posted'],
  ] as const)('%s', (_, next, at, expected) => {
    const model = ledgerWith();
    const hold = keep(60n, { kind: 'reservation', expiresAt: END });
    expect(statusOf(model, hold)).toBe('posted');
    expect(model.state.accounts.get(HANAKO)?.held).toBe(60n);
    expect(statusOf(model, next(hold), at)).toBe(expected);
    const hasEnded = [...model.state.holds.values()].every(({ state }) => state !== 'held');
    expect(hasEnded).toBe(expected === 'posted');
    expect(model.state.accounts.get(HANAKO)?.held).toBe(hasEnded ? 0n : 60n);
    const after = statusOf(model, releaseOf(hold), at);
    expect(after).toBe(hasEnded ? 'hold_ended' : 'posted');
  });
});
