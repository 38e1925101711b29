import { describe, expect, test } from '@jest/globals';
import { established, excluded, notEstablished } from '#libs/kernel';
import { aClaim, aTransfer, at, someTerms } from '../../test/a-claim.js';
import { decided } from '../../test/decided.js';
import type { CompensationClaim, Impediment } from './claim.js';
import { decideCompensation } from './decide-compensation.js';
import { exclusions } from './exclusions.js';

/** Notice on 2026-03-31: 30 days reach to 03-01, ten more to 02-19, another twenty to 01-30. */
const impediment = (
  id: string,
  from: string,
  to: string,
  changes: Partial<Impediment> = {},
): Impediment => ({ id, circumstance: id, from, to, proven: established(`ev-${id}`), ...changes });
const decide = (changes: Partial<CompensationClaim>, letters = {}) =>
  decided(decideCompensation(aClaim(changes), someTerms({}, letters)));
const open = { proven: notEstablished };
const tenDays = ['2026-03-11', '2026-03-20'] as const;
const early = [aTransfer('t-1', at('2026-02-19', '00:00'), 100n)];
const judged = (value: 'ordinary' | 'gross' | 'intent') => ({
  holderFault: { value, evidence: ['ev'] },
});

describe('SM-14.2c impediments whose proof is open', () => {
  test.each([
    ['discretionary', judged('ordinary'), 'A'],
    ['no_rule', judged('intent'), 'A'],
    ['discretionary', judged('intent'), 'B'],
  ])('SM-14.2c hold up the class %s as they hold up the whole', (kind, fault, letter) => {
    const impediments = [impediment('hospital', ...tenDays, open)];
    const { outcome, unknown } = decide(
      { ...fault, impediments, transfers: early },
      { 'INT-05': letter },
    );
    expect(outcome).toMatchObject({ kind: 'undetermined', couldBe: [kind], bounds: [0n, 100n] });
    expect(unknown).toEqual(['impediments.hospital']);
  });

  test('SM-14.2c decide nothing where nothing is granted in any case (INT-05 C)', () => {
    const impediments = [impediment('hospital', ...tenDays, open)];
    const { outcome, unknown } = decide(
      { ...judged('intent'), impediments, transfers: early },
      { 'INT-05': 'C' },
    );
    expect(outcome.kind).toBe('nothing_by_reading');
    expect(unknown).toEqual([]);
  });

  test('SM-14.2c only those that are open are named', () => {
    const impediments = [
      impediment('flood', '2026-03-05', '2026-03-06'),
      impediment('hospital', ...tenDays, open),
      impediment('travel', '2026-03-21', '2026-03-30', { proven: excluded('ev') }),
    ];
    const { unknown } = decide({ impediments, transfers: early });
    expect(unknown).toEqual(['impediments.hospital']);
  });

  test('SM-14.2c/b what is excluded does not count even as a possibility', () => {
    const impediments = [
      impediment('flood', '2026-03-30', '2026-03-30', open),
      impediment('hospital', ...tenDays, { proven: excluded('ev') }),
    ];
    const { outcome, unknown } = decide({ impediments, transfers: early });
    expect(outcome).toMatchObject({ kind: 'full', coveredYen: 0n, payableYen: 0n });
    expect(unknown).toEqual([]);
  });

  test('SM-14.2c/c an earlier period that nobody has judged is open, and is named', () => {
    const theftDate = { status: 'known', date: '2026-02-19', evidence: [] } as const;
    const impediments = [impediment('abroad', '2026-02-01', '2026-02-10')];
    const { outcome, unknown } = decide({ theftDate, impediments, transfers: early });
    expect(outcome).toMatchObject({ kind: 'undetermined', couldBe: ['full'] });
    expect(unknown).toEqual(['impediments.abroad']);
  });

  test('SM-14.2c one open among others that add nothing leaves the clause undetermined', () => {
    const impediments = [
      impediment('travel', '2026-03-21', '2026-03-30', { proven: excluded('ev') }),
      impediment('hospital', ...tenDays, open),
    ];
    const node = decide({ impediments }).trace.find(({ clause }) => clause === 'SM-14.2c');
    expect(node).toMatchObject({ effect: 'undetermined', value: 0 });
  });

  test.each([
    ['both', '10日（両端とも算入）', '10 days (both end days counted)'],
    ['one', '9日（一端のみ算入）', '9 days (one end day counted)'],
  ])('SM-14.2c which end days count is said: %s', (endDays, ja, en) => {
    const terms = someTerms({ 'P.sm.impediment.endDays': endDays });
    const claim = aClaim({ impediments: [impediment('hospital', ...tenDays)] });
    const { trace } = decided(decideCompensation(claim, terms));
    const reason = trace.find(({ clause }) => clause === 'SM-14.2c')?.reason;
    expect(reason?.ja).toContain(ja);
    expect(reason?.en).toContain(en);
  });
});

describe('SM-14.4-1-0 the reading that takes the grounds by themselves (INT-04 B)', () => {
  test('SM-14.4-1-0 asks nothing about the institution', () => {
    const claim = {
      institutionGoodFaith: notEstablished,
      institutionFaultless: notEstablished,
      falseStatement: notEstablished,
    };
    expect(decide(claim, { 'INT-04': 'B' }).unknown).toEqual(['falseStatement']);
    const family = { ...claim, relation: { value: 'spouse', evidence: ['ev'] } } as const;
    expect(decide(family, { 'INT-04': 'B' })).toMatchObject({
      unknown: [],
      outcome: { kind: 'excluded', grounds: ['SM-14.4-1-2'] },
    });
  });
});

describe('SM-14.4-2 a gate that is decided lacks nothing', () => {
  test('SM-14.4-2 disorder alone excludes, whatever else is not established', () => {
    const claim = aClaim({
      graveDisorder: established('ev'),
      falseStatement: notEstablished,
      institutionFaultless: notEstablished,
    });
    expect(exclusions(claim, false)).toMatchObject({ passes: 'no', unknown: [] });
    const open = aClaim({ falseStatement: notEstablished });
    expect(exclusions(open, false)).toMatchObject({
      passes: 'unknown',
      unknown: ['falseStatement'],
    });
  });
});

describe('where no clause speaks and people set an amount (INT-05)', () => {
  const determination = {
    amountYen: 60_000n,
    grounds: 'The institution knew of the leak.',
    decidedBy: 'staff-1',
    approvedBy: 'staff-2',
  };
  const effectOf = (fault: 'ordinary' | 'intent') =>
    decide({ ...judged(fault), determination }).trace.findLast(
      ({ clause }) => clause === 'SM-14.2e',
    );

  test('SM-14.2e is the nearest clause and does not apply; for a part it does', () => {
    expect(effectOf('intent')).toMatchObject({ effect: 'reading', value: 60_000n });
    expect(effectOf('ordinary')).toMatchObject({ effect: 'applies', value: 60_000n });
  });

  test('SM-14.2e what people set is then to be paid and recorded', () => {
    const { outcome, duties, human } = decide({ ...judged('intent'), determination });
    expect(outcome.kind).toBe('no_rule');
    expect(outcome.clause).toBeUndefined();
    expect(duties.map(({ clause }) => clause)).toEqual(['SM-14.2e', 'SM-14.7']);
    expect(human).toBeUndefined();
  });
});

describe('SM-14.3 the hours of the desk (INT-01 B)', () => {
  const dayLong = [{ from: '00:00', to: '24:00' }];
  const weekly = {
    sun: [],
    mon: dayLong,
    tue: dayLong,
    wed: dayLong,
    thu: dayLong,
    fri: dayLong,
    sat: dayLong,
  };
  const noticeOn = (day: string) => ({
    theftDate: { status: 'known', date: '2024-11-22', evidence: [] } as const,
    notices: [{ id: 'n', at: at(day), kind: 'notice', tellsOfMisuse: true } as const],
    transfers: [aTransfer('t-1', at('2026-11-20'), 1n)],
  });

  // The last day, 2026-11-22, is a Sunday.
  test('SM-14.3 a desk that opens at midnight was closed on the day before', () => {
    const terms = someTerms({ 'P.sm.desk.hours': { weekly, exceptions: [] } }, { 'INT-01': 'B' });
    const decision = decided(decideCompensation(aClaim(noticeOn('2026-11-23')), terms));
    expect(decision.outcome.kind).toBe('full');
    const bar = decision.trace.find(({ clause }) => clause === 'SM-14.3');
    expect(String(bar?.value)).toBe('2026-11-23');
    expect(decision.parameters.map(({ id }) => id)).toEqual([
      'P.sm.interest.rule',
      'P.sm.desk.hours',
    ]);
    const late = decided(decideCompensation(aClaim(noticeOn('2026-11-24')), terms));
    expect(late.outcome.kind).toBe('barred');
  });
});

describe('what a decision was made by', () => {
  test('SM-14.2c the parameter of the end days is copied where it was asked', () => {
    const impediments = [impediment('hospital', ...tenDays)];
    expect(decide({ impediments }).parameters.map(({ id }) => id)).toEqual([
      'P.sm.interest.rule',
      'P.sm.impediment.endDays',
    ]);
    expect(decide({}).parameters.map(({ id }) => id)).toEqual(['P.sm.interest.rule']);
  });
});
