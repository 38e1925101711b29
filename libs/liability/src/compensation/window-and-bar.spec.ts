import { describe, expect, test } from '@jest/globals';
import { CivilDate, established, excluded, notEstablished } from '#libs/kernel';
import { aClaim, aTransfer, at, someTerms } from '../../test/a-claim.js';
import { decided, refusal } from '../../test/decided.js';
import type { CompensationClaim, Impediment } from './claim.js';
import { decideCompensation } from './decide-compensation.js';
import { lastDayOfNotice } from './time-bar.js';

const noticeOn = (day: string, time = '10:00') => ({
  notices: [{ id: 'ntc-1', at: at(day, time), kind: 'notice', tellsOfMisuse: true } as const],
});
const theftOn = (date: string, status: 'known' | 'estimated' = 'known') => ({
  theftDate: { status, date, evidence: ['ev-theft'] },
});
const impediment = (
  id: string,
  from: string,
  to: string,
  changes: Partial<Impediment> = {},
): Impediment => ({ id, circumstance: id, from, to, proven: established(`ev-${id}`), ...changes });

const decide = (changes: Partial<CompensationClaim>, values = {}, letters = {}) =>
  decided(decideCompensation(aClaim(changes), someTerms(values, letters)));
const firstDayOf = (changes: Partial<CompensationClaim>, values = {}, letters = {}) =>
  String(decide(changes, values, letters).outcome.firstCoveredDay);

describe('SM-14.2b the 30 days before the notice', () => {
  //  id            notice        transfer                    covered
  test.each([
    ['SM-14.2b/a', '2026-03-31', at('2026-03-01', '00:00'), true],
    ['SM-14.2b/b', '2026-03-31', at('2026-02-28', '23:59'), false],
    ['SM-14.2b/b', '2026-03-31', at('2026-03-01', '00:00') - 1, false],
    ['SM-14.2b/c', '2026-03-30', at('2026-02-28', '00:00'), true],
    ['SM-14.2b/c', '2026-03-30', at('2026-02-28', '00:00') - 1, false],
    ['SM-14.2b/d', '2028-03-30', at('2028-02-29', '00:00'), true],
    ['SM-14.2b/d', '2028-03-30', at('2028-02-28', '23:59'), false],
  ])('%s notice %s: a transfer at %d is covered: %s', (_id, day, happenedAt, covered) => {
    const { outcome } = decide({
      ...noticeOn(day),
      transfers: [aTransfer('t-1', happenedAt, 70n)],
    });
    expect(outcome.lines.map((line) => line.covered)).toEqual([covered]);
    expect(outcome.payableYen).toBe(covered ? 70n : 0n);
  });

  test('SM-14.2b/e of transfers on both sides only the later ones are covered', () => {
    const { outcome } = decide({
      transfers: [
        aTransfer('before', at('2026-02-28', '23:59'), 100n),
        aTransfer('on', at('2026-03-01', '00:00'), 20n),
        aTransfer('after', at('2026-03-30'), 3n),
      ],
    });
    expect(outcome.coveredYen).toBe(23n);
  });

  test('SM-14.2b the notice day is the day in Tokyo: 00:00 belongs to the new one', () => {
    const midnight = at('2026-04-01', '00:00');
    const dayOf = (moment: number) =>
      firstDayOf({ notices: [{ id: 'n', at: moment, kind: 'notice', tellsOfMisuse: true }] });
    expect([dayOf(midnight - 1), dayOf(midnight)]).toEqual(['2026-03-01', '2026-03-02']);
  });
});

describe('SM-14.2c unavoidable circumstances lengthen the 30 days', () => {
  const early = [aTransfer('t-1', at('2026-02-19', '00:00'), 100n)];

  test('SM-14.2c/a ten days in hospital make 40', () => {
    const impediments = [impediment('hospital', '2026-03-11', '2026-03-20')];
    expect(firstDayOf({ impediments, transfers: early })).toBe('2026-02-19');
    expect(decide({ impediments, transfers: early }).outcome.coveredYen).toBe(100n);
  });

  test('SM-14.2c/b what is not proven adds nothing', () => {
    const impediments = [
      impediment('hospital', '2026-03-11', '2026-03-20', { proven: excluded('ev') }),
    ];
    expect(firstDayOf({ impediments, transfers: early })).toBe('2026-03-01');
  });

  test('SM-14.2c/c a period over before the misuse counts only as people judge', () => {
    const transfers = [aTransfer('t-1', at('2026-03-19'), 100n)];
    const past = (judged?: Impediment['proven']) => ({
      transfers,
      impediments: [
        impediment('abroad', '2026-03-01', '2026-03-10', {
          ...(judged && { countsThoughEarlier: judged }),
        }),
      ],
    });
    expect(firstDayOf(past(established('ev-judged')))).toBe('2026-02-19');
    expect(firstDayOf(past(excluded('ev-judged')))).toBe('2026-03-01');
    expect(firstDayOf(past())).toBe('2026-03-01');
  });

  test('SM-14.2c/d overlapping circumstances are not counted twice, neighbours are one period', () => {
    const overlapping = [
      impediment('hospital', '2026-03-11', '2026-03-20'),
      impediment('typhoon', '2026-03-16', '2026-03-22'),
    ];
    const touching = [
      impediment('hospital', '2026-03-11', '2026-03-20'),
      impediment('typhoon', '2026-03-21', '2026-03-22'),
    ];
    const both = { impediments: overlapping, transfers: early };
    expect(firstDayOf(both)).toBe('2026-02-17');
    expect(firstDayOf({ ...both, impediments: touching })).toBe('2026-02-17');
    expect(firstDayOf(both, { 'P.sm.impediment.endDays': 'one' })).toBe('2026-02-18');
    expect(firstDayOf(both, {}, { 'INT-02': 'B' })).toBe('2026-02-12');
  });

  test('SM-14.2c an impediment whose proof is open decides nothing it does not touch', () => {
    const impediments = [
      impediment('hospital', '2026-03-11', '2026-03-20', { proven: notEstablished }),
    ];
    expect(decide({ impediments }).outcome.kind).toBe('full');
    const hinging = decide({ impediments, transfers: early });
    expect(hinging.outcome).toMatchObject({ kind: 'undetermined', couldBe: ['full'] });
    expect(hinging.unknown).toEqual(['impediments.hospital']);
    expect(hinging.human?.bounds).toEqual([0n, 100n]);
  });

  test('SM-14.2c which end days count is a parameter without default, asked only where it matters', () => {
    const terms = someTerms({ 'P.sm.impediment.endDays': null });
    expect(decideCompensation(aClaim(), terms).ok).toBe(true);
    const claim = aClaim({ impediments: [impediment('hospital', '2026-03-11', '2026-03-20')] });
    expect(decideCompensation(claim, terms)).toMatchObject({
      refusal: { code: 'parameter_unset', clause: 'SM-14.2c' },
    });
  });
});

describe('SM-14.3 two years', () => {
  const first = (day: string) => ({ transfers: [aTransfer('t-1', at(day), 100n)] });

  //  id          theft         notice        kind
  test.each([
    ['SM-14.3/a', '2024-11-22', '2026-11-22', 'full'],
    ['SM-14.3/b', '2024-11-22', '2026-11-23', 'barred'],
    ['SM-14.3/c', '2024-02-29', '2026-02-28', 'full'],
    ['SM-14.3/c', '2024-02-29', '2026-03-01', 'barred'],
  ])('%s theft %s, notice %s: %s', (_id, theft, notice, kind) => {
    const recent = first(notice);
    expect(decide({ ...theftOn(theft), ...noticeOn(notice), ...recent }).outcome.kind).toBe(kind);
  });

  test('SM-14.3/d where the day of the theft is not clear, the first misuse starts the bar', () => {
    const changes = first('2024-12-01');
    expect(decide({ ...changes, ...noticeOn('2026-12-01') }).outcome.kind).toBe('full');
    expect(decide({ ...changes, ...noticeOn('2026-12-02') }).outcome.kind).toBe('barred');
  });

  test('SM-14.3/e a theft known to be earlier than the misuse governs', () => {
    const changes = { ...first('2024-12-10'), ...theftOn('2024-11-30') };
    expect(decide({ ...changes, ...noticeOn('2026-11-30') }).outcome.kind).toBe('full');
    expect(decide({ ...changes, ...noticeOn('2026-12-01') }).outcome.kind).toBe('barred');
  });

  test('SM-14.3 an estimated day governs only under that reading (INT-03)', () => {
    const changes = {
      ...first('2024-12-10'),
      ...theftOn('2024-11-30', 'estimated'),
      ...noticeOn('2026-12-01'),
    };
    expect(decide(changes).outcome.kind).toBe('full');
    expect(decide(changes, {}, { 'INT-03': 'B' }).outcome.kind).toBe('barred');
  });

  test('SM-14.3 the last day is the same date two years later on every day but two of four years', () => {
    const others: string[] = [];
    for (let day = CivilDate.from('2023-03-01'); day.year < 2027; day = day.plusDays(1)) {
      const last = lastDayOfNotice(day, 2).toString();
      if (last !== `${day.year + 2}${day.toString().slice(4)}`) others.push(`${day} ${last}`);
    }
    // Both stand beside a leap day: there neither date arithmetic nor 730 days gives the day.
    expect(others).toEqual(['2024-02-29 2026-02-28', '2026-02-28 2028-02-29']);
  });

  test('SM-14.3 by custom of a closed desk the last day moves, under that reading only (INT-01)', () => {
    const theft = CivilDate.from('2024-11-22');
    const opens = (day: CivilDate) => day.weekday !== 0 && day.toString() !== '2026-11-23';
    expect(lastDayOfNotice(theft, 2).toString()).toBe('2026-11-22');
    expect(lastDayOfNotice(theft, 2, opens).toString()).toBe('2026-11-24');
  });
});

describe('SM-14.3 where the desk is closed on the last day (INT-01)', () => {
  const open = [{ from: '09:00', to: '15:00' }];
  const weekly = { sun: [], mon: open, tue: open, wed: open, thu: open, fri: open, sat: [] };
  const exceptions = [{ date: '2026-11-23', openings: [] }];
  const hours = { 'P.sm.desk.hours': { weekly, exceptions } };

  // 2026-11-22 is a Sunday, 2026-11-23 a holiday.
  test.each([
    ['A', '2026-11-23', 'barred'],
    ['B', '2026-11-23', 'full'],
    ['B', '2026-11-24', 'full'],
    ['B', '2026-11-25', 'barred'],
  ])('SM-14.3 reading %s, theft 2024-11-22, notice %s: %s', (letter, notice, kind) => {
    const changes = {
      ...theftOn('2024-11-22'),
      ...noticeOn(notice),
      transfers: [aTransfer('t-1', at(notice), 1n)],
    };
    expect(decide(changes, hours, { 'INT-01': letter }).outcome.kind).toBe(kind);
  });

  test('SM-14.3 the reading needs the hours of the desk, which have no default', () => {
    const terms = someTerms({ 'P.sm.desk.hours': null }, { 'INT-01': 'B' });
    expect(decideCompensation(aClaim(), terms)).toMatchObject({
      refusal: { code: 'parameter_unset' },
    });
  });
});

describe('SM-14.3 and SM-14.2c together', () => {
  test('X-16 SM-14.3 an impediment of the whole two years does not move the bar', () => {
    const { outcome } = decide({
      ...theftOn('2024-05-14'),
      ...noticeOn('2026-05-15'),
      transfers: [aTransfer('t-1', at('2024-05-14'), 100n)],
      impediments: [impediment('coma', '2024-05-14', '2026-05-15')],
    });
    expect(outcome).toMatchObject({ kind: 'barred', clause: 'SM-14.3', payableYen: 0n });
  });

  test('X-16 SM-14.2c one day earlier the same impediment covers the whole time', () => {
    const { outcome } = decide({
      ...theftOn('2024-05-14'),
      ...noticeOn('2026-05-14'),
      transfers: [aTransfer('t-1', at('2024-05-14'), 100n)],
      impediments: [impediment('coma', '2024-05-14', '2026-05-14')],
    });
    expect(outcome).toMatchObject({ kind: 'full', payableYen: 100n });
  });
});

describe('what cannot be is refused with field and clause', () => {
  const good = impediment('hospital', '2026-03-11', '2026-03-20');
  const twice = aTransfer('t-1', at('2026-03-20'), 1n);
  test.each<[string, Partial<CompensationClaim>]>([
    ['date_malformed theftDate.date SM-14.3', theftOn('2026-02-29')],
    ['facts_contradict theftDate.date SM-14.3', theftOn('2026-03-21')],
    [
      'facts_contradict theftDate.date SM-14.3',
      { theftDate: { status: 'not_clear', date: '2026-03-01', evidence: [] } },
    ],
    ['date_malformed theftDate.date SM-14.3', { theftDate: { status: 'known', evidence: [] } }],
    ['facts_contradict noticedAt SM-14.1-1', { noticedAt: at('2026-04-01') }],
    ['date_malformed impediments[0].from SM-14.2c', { impediments: [{ ...good, from: 'soon' }] }],
    ['date_malformed impediments[0].to SM-14.2c', { impediments: [{ ...good, to: '2026-02-30' }] }],
    [
      'facts_contradict impediments[0].to SM-14.2c',
      { impediments: [{ ...good, to: '2026-03-10' }] },
    ],
    [
      'facts_contradict impediments[0].to SM-14.2c',
      { impediments: [{ ...good, to: '2026-04-01' }] },
    ],
    [
      'evidence_missing impediments[0].proven SM-14.2c',
      { impediments: [{ ...good, proven: established() }] },
    ],
    [
      'periods_overlap impediments[1] SM-14.2c',
      { impediments: [good, { ...good, id: 'again', from: '2026-03-20', to: '2026-03-25' }] },
    ],
    ['transfers_missing transfers SM-13.1b', { transfers: [] }],
    ['named_twice transfers[1].id SM-14.2d', { transfers: [twice, twice] }],
    ['amount_not_positive transfers[0].amount SM-14.2d', { transfers: [{ ...twice, amount: 0n }] }],
    ['amount_negative transfers[0].fee SM-14.2d', { transfers: [{ ...twice, fee: -1n }] }],
    [
      'amount_negative transfers[0].interest SM-14.2d',
      { transfers: [{ ...twice, interest: -1n }] },
    ],
    [
      'instant_malformed transfers[0].happenedAt SM-14.2b',
      { transfers: [{ ...twice, happenedAt: Number.NaN }] },
    ],
    [
      'instant_malformed notices[0].at SM-14.1-1',
      { notices: [{ id: 'n', at: 0.5, kind: 'notice', tellsOfMisuse: true }] },
    ],
    [
      'amount_negative setOffs[0].amountYen SM-14.5a',
      { setOffs: [{ id: 's', kind: 'refund', amountYen: -1n }] },
    ],
    [
      'amount_negative setOffs[0].amountYen SM-14.5b',
      { setOffs: [{ id: 's', kind: 'damages', amountYen: -1n }] },
    ],
    [
      'named_twice setOffs[1].id SM-14.5b',
      {
        setOffs: [
          { id: 's', kind: 'damages', amountYen: 1n },
          { id: 's', kind: 'unjust_enrichment', amountYen: 1n },
        ],
      },
    ],
  ])('%s', (expected, changes) => {
    expect(refusal(decideCompensation(aClaim(changes), someTerms()))).toBe(expected);
  });

  test('SM-14.2c two periods of one circumstance side by side do not overlap', () => {
    const impediments = [good, { ...good, id: 'again', from: '2026-03-21', to: '2026-03-25' }];
    expect(decideCompensation(aClaim({ impediments }), someTerms()).ok).toBe(true);
  });
});
