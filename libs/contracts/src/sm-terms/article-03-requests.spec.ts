import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mayProcessRequest, type ProcessingFacts } from '../decisions/may-process-request.js';
import { demand } from '../demand.js';
import type { SameDayDebit } from '../facts/index.js';
import { article03 } from './article-03-requests.js';

const usable = { usable: true, lendingLimit: 2_000_000n };
const unusable = { usable: false, lendingLimit: 0n };
const request = (more: Partial<ProcessingFacts> = {}): ProcessingFacts => ({
  transferKind: 'furikomi',
  transferAmount: 10_000n,
  feeYen: 330n,
  debitClosed: false,
  paymentStops: [],
  serviceStopped: false,
  funds: { balance: 10_330n, holds: 0n, overdraftLimit: 0n },
  ...more,
});
const funds = (balance: bigint, overdraftLimit = 0n, holds = 0n) => ({
  funds: { balance, holds, overdraftLimit },
});

type Row = [title: string, facts: Partial<ProcessingFacts>, expected: string];
const rows: Row[] = [
  [
    'SM-3.4-1-1 the debit account was closed the day before',
    { debitClosed: true },
    'account_closed',
  ],
  [
    'SM-3.4-1-3/a a stop set after fixing and before processing',
    { paymentStops: [{ kind: 'payment_stop' }] },
    'payment_stopped',
  ],
  ['SM-3.4-1-4 the service of the holder is stopped', { serviceStopped: true }, 'service_stopped'],
  ['SM-3.4-1-2a/a amount and fee equal to the funds', {}, '10330'],
  ['SM-3.4-1-2a/b one yen short', funds(10_329n), 'insufficient_funds'],
  ['SM-3.4-1-2a/c the fee alone tips it over', funds(10_000n), 'insufficient_funds'],
  ['SM-3.4-1-2a/d the overdraft covers it', funds(0n, 10_330n), '10330'],
  ['SM-3.4-1-2a/d the overdraft is a yen short', funds(0n, 10_329n), 'insufficient_funds'],
  ['SM-3.4-1-2a/e a 振替 has no fee term', { ...funds(10_000n), transferKind: 'furikae' }, '10000'],
  ['SM-3.4-1-2a a hold is not available', funds(10_330n, 0n, 1n), 'insufficient_funds'],
  [
    'SM-3.4-1-3/b an attachment of a part leaves the free part',
    { ...funds(12_330n), paymentStops: [{ kind: 'attachment', amount: 2_000n }] },
    '10330',
  ],
  [
    'SM-3.4-1-3/b and a yen more attached is too much',
    { ...funds(12_330n), paymentStops: [{ kind: 'attachment', amount: 2_001n }] },
    'insufficient_funds',
  ],
];

describe('SM-3 requests', () => {
  test.each(rows)('%s', (_title, facts, expected) => {
    const answer = mayProcessRequest(request(facts), usable);
    expect(answer.ok ? String(answer.value) : answer.refusal.code).toBe(expected);
  });

  test('SM-3.4-1-1 the grounds are judged in a fixed order, and each refusal names its clause', () => {
    const all = request({
      debitClosed: true,
      paymentStops: [{ kind: 'attachment' }],
      serviceStopped: true,
      ...funds(0n),
    });
    const heal: Partial<ProcessingFacts>[] = [
      {},
      { debitClosed: false },
      { paymentStops: [] },
      { serviceStopped: false },
    ];
    let facts = all;
    const refusals = heal.map((change) => {
      facts = { ...facts, ...change };
      const answer = mayProcessRequest(facts, usable);
      return answer.ok ? 'accepted' : `${answer.refusal.code} ${answer.refusal.clause}`;
    });
    expect(refusals).toEqual([
      'account_closed SM-3.4-1-1',
      'payment_stopped SM-3.4-1-3',
      'service_stopped SM-3.4-1-4',
      'insufficient_funds SM-3.4-1-2a',
    ]);
  });

  test('SM-3.4-1-2a/d an overdraft that the product does not offer covers nothing', () => {
    expect(mayProcessRequest(request(funds(0n, 99_999n)), unusable)).toMatchObject({
      refusal: { code: 'insufficient_funds' },
    });
  });

  test('SM-3.4-1-2a a transfer of nothing, or a fee below zero, is a bug', () => {
    expect(() => mayProcessRequest(request({ transferAmount: 0n }), usable)).toThrow('one yen');
    expect(() => mayProcessRequest(request({ feeYen: -1n }), usable)).toThrow('one yen');
  });

  const at = (hour: number) => CivilDate.from('2026-11-24').startsAt() + hour * 3_600_000;
  const debit = (
    id: string,
    total: bigint,
    hour: number,
    source: 'transfer' | 'outside' = 'transfer',
  ) => ({ id, total, acceptedAt: at(hour), source }) satisfies SameDayDebit;
  const chosen = article03.clause('SM-3.4-1-2b');

  test('SM-3.4-1-2b/a funds for two of three: exactly the set that the policy yields, on every run', () => {
    const three = [debit('c', 40n, 3), debit('a', 60n, 1), debit('b', 40n, 2)];
    const sets = (['acceptance', 'smallest_first', 'largest_first'] as const).map((order) =>
      [three, [...three].reverse()].map(
        (list) => chosen.apply({ sameDayDebits: list, payable: 100n }, { order }).made,
      ),
    );
    expect(sets).toEqual([
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
      [
        ['b', 'c'],
        ['b', 'c'],
      ],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    ]);
  });

  test('SM-3.4-1-2b/c a utility debit that comes first makes the later transfer fail', () => {
    const debits = [debit('transfer', 80n, 1), debit('utility', 50n, 9, 'outside')];
    const answer = chosen.apply(
      { sameDayDebits: debits, payable: 100n },
      { order: 'outside_first' },
    );
    expect(answer).toEqual({ made: ['utility'], notMade: ['transfer'], left: 50n });
  });

  test('SM-3.4-1-2b/b property: what is debited never exceeds the payable amount, in any order', () => {
    const anyDebit = fc.record({
      id: fc.uuid(),
      total: fc.bigInt({ min: 1n, max: 1_000n }),
      acceptedAt: fc.integer({ min: 0, max: 50 }),
      source: fc.constantFrom('transfer' as const, 'outside' as const),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyDebit, { selector: ({ id }) => id, maxLength: 12 }),
        fc.bigInt({ min: 0n, max: 4_000n }),
        fc.constantFrom(
          'acceptance' as const,
          'smallest_first' as const,
          'largest_first' as const,
          'outside_first' as const,
        ),
        (sameDayDebits, payable, order) => {
          const answer = chosen.apply({ sameDayDebits, payable }, { order });
          const sum = sameDayDebits
            .filter(({ id }) => answer.made.includes(id))
            .reduce((total, one) => total + one.total, 0n);
          expect(sum + answer.left).toBe(payable);
          expect(answer.left).toBeGreaterThanOrEqual(0n);
          expect(answer.made.length + answer.notMade.length).toBe(sameDayDebits.length);
          const again = chosen.apply(
            { sameDayDebits: [...sameDayDebits].reverse(), payable },
            { order },
          );
          expect(again).toEqual(answer);
          for (const id of answer.notMade) {
            const refusedDebit = sameDayDebits.find((one) => one.id === id);
            expect(refusedDebit?.total).toBeGreaterThan(answer.left);
          }
        },
      ),
    );
  });

  test('SM-3.4-1-4 a stop without grounds, author or time is not recorded', () => {
    const clause = article03.clause('SM-3.4-1-4');
    expect(demand(clause, { enteredBy: 'Sato' })).toMatchObject({
      refusal: { code: 'record_incomplete', facts: { missing: ['grounds', 'decidedAt'] } },
    });
    expect(demand(clause, { grounds: '相続', enteredBy: 'Sato', decidedAt: at(9) }).ok).toBe(true);
  });

  test('SM-3.4-2 the result is shown at once, or when the inquiry hours open', () => {
    const open = [{ from: '08:00', to: '20:00' }];
    const weekly = { sun: open, mon: open, tue: open, wed: open, thu: open, fri: open, sat: open };
    const shown = (hour: number) =>
      article03
        .clause('SM-3.4-2')
        .apply({ outcomeKnownAt: at(hour) }, { inquiryHours: { weekly, exceptions: [] } })
        .shownFrom;
    expect([shown(7), shown(8), shown(20)]).toEqual([at(8), at(8), at(32)]);
  });

  test('SM-3.5/c a record may be purged once its retention has run, and not a day before', () => {
    const { keptThrough, mayBePurgedFrom } = article03
      .clause('SM-3.5')
      .apply({ recordedOn: CivilDate.from('2026-11-22') }, { retention: 10 });
    expect(String(keptThrough)).toBe('2036-11-22');
    expect(mayBePurgedFrom).toBe(CivilDate.from('2036-11-23').startsAt());
  });
});
