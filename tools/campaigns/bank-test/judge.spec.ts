import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import type { LedgerOrder } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { History, type Operation } from './history.js';
import { inversions, judgeAnswers, judgeDates, judgeDoubles, rowName } from './judge.js';
import { breaksIn, differencesOfBalances } from './reader.js';
import type { PostingRow } from './rows.js';

const order: LedgerOrder = {
  act: 'close',
  key: 'close/1',
  bookedOn: CivilDate.of(2026, 11, 22),
  mayUseOverdraft: false,
  account: 1n,
  text: '',
};

const asked = (status?: 'posted' | 'account_closed' | 'key_reused'): Operation => {
  const history = new History();
  const operation = history.invoke({ institutionId: 1, order, isOldKey: false }, 'singles');
  if (status) history.answer(operation, { status, detail: '' }, 'singles', 0);
  return operation;
};

describe('the judge of what was acknowledged', () => {
  const { key, hash } = asked();
  const same = { key, hash, detail: '' };
  test.each([
    // told               the row                               verdict
    ['posted', undefined, ['lost']],
    ['account_closed', undefined, ['lost']],
    ['posted', { ...same, status: 'posted' }, []],
    ['posted', { ...same, status: 'account_closed' }, ['unexplained']],
    ['posted', { ...same, status: 'posted', hash: 'another' }, ['unexplained']],
    ['key_reused', { ...same, status: 'posted', hash: 'another' }, []],
    ['key_reused', { ...same, status: 'posted' }, ['unexplained']],
    [undefined, { ...same, status: 'posted' }, ['unexplained']],
  ] as const)('told %s', (status, row, verdict) => {
    const rows = new Map(row ? [[rowName(1, key), row]] : []);
    expect(judgeAnswers([asked(status)], rows).map(({ what }) => what)).toEqual(verdict);
  });

  const span = (name: string, place: bigint, invokedAt: number, answeredAt: number) => ({
    name,
    place,
    invokedAt,
    answeredAt,
  });
  test.each([
    ['one after the other', [span('a', 1n, 0, 1), span('b', 2n, 2, 3)], 0],
    ['at the same time, the later one first', [span('a', 2n, 0, 5), span('b', 1n, 4, 6)], 0],
    ['answered before the other was asked', [span('a', 2n, 0, 1), span('b', 1n, 2, 3)], 1],
    ['never answered', [span('a', 2n, 0, Infinity), span('b', 1n, 2, 3)], 0],
  ] as const)('the order of time: %s', (_, spans, count) => {
    expect(inversions('1 1001', spans)).toHaveLength(count);
  });

  const row = { institution_id: 1, key: 'k', line: 1, debit_account: 7n } as PostingRow;
  test('a line that stands twice is doubled', () => {
    const second = { ...row, line: 2 };
    expect(judgeDoubles([row, second, row])).toMatchObject([{ what: 'doubled' }]);
  });

  test('a booking date that goes backwards is found, also from round to round', () => {
    const latest = new Map<string, string>();
    const booked = (booked_on: string): PostingRow => ({
      ...row,
      debit_seq: 1n,
      credit_seq: null,
      booked_on,
    });
    expect(judgeDates([booked('2026-11-22'), booked('2026-11-23')], latest)).toEqual([]);
    expect(judgeDates([booked('2026-11-22')], latest)).toHaveLength(1);
  });
});

describe('what a reader finds in one snapshot', () => {
  const sound = {
    id: 1n,
    balance: 10n,
    held: 4n,
    overdraft: 0n,
    version: 3n,
    debit_stops: 1,
    standing: 4n,
    whole: 1n,
    last_seq: 3n,
    last_balance: 10n,
  };
  const other = { ...sound, id: 2n, balance: -10n, overdraft: 20n, last_balance: -10n };
  test.each([
    ['nothing', {}, []],
    ['a yen made', { balance: 11n, last_balance: 11n }, ['the balances add up to 1']],
    ['an account below its bound', { held: 11n, standing: 11n }, ['1 is below its bound']],
    ['a hold that is forgotten', { standing: 5n }, ['1 holds 4, not 5']],
    ['a stop that is forgotten', { whole: 0n }, ['1 has 1 stops, not 0']],
    ['a leg without its version', { last_seq: 2n }, ['1 is at 3, its last leg at 2']],
    ['a balance without its leg', { last_balance: 9n }, ['1 has 10, its last leg 9']],
  ] as const)('%s', (_, change, found) => {
    expect(differencesOfBalances([{ ...sound, ...change }, other])).toEqual(found);
  });

  const leg = (seq: bigint, moved: bigint, balance: bigint) => ({
    seq,
    moved,
    balance,
    is_entry: true,
  });
  test.each([
    ['unbroken', [leg(1n, 5n, 5n), leg(2n, -2n, 3n)], 0],
    ['a gap', [leg(1n, 5n, 5n), leg(3n, -2n, 3n)], 1],
    ['a leg that is missing', [leg(1n, 5n, 5n)], 1],
    ['a balance that does not follow', [leg(1n, 5n, 5n), leg(2n, -2n, 4n)], 1],
    ['a beginning with money', [leg(1n, 5n, 6n), leg(2n, -2n, 4n)], 1],
  ] as const)('a history with %s', (_, legs, count) => {
    expect(breaksIn(legs, 0n, 2n)).toHaveLength(count);
  });
});
