import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { isTermOver, isUnderWay, keptThrough, type EvidenceUse } from './retention.js';

const day = CivilDate.from;
const use = (institutionId: number, last: string, isOpen = false): EvidenceUse => ({
  institutionId,
  lastAt: day(last).startsAt(),
  isOpen,
});
const YEARS = new Map([
  [1, 1],
  [2, 10],
]);
const told = (uses: readonly EvidenceUse[], years = YEARS) =>
  keptThrough(uses, years)?.map(({ institutionId, lastDay }) => `${institutionId} ${lastDay}`);

describe('RKN-S2 how long evidence is kept', () => {
  test.each<[string, EvidenceUse[], string[] | undefined]>([
    ['from its last use', [use(1, '2026-04-01')], ['1 2027-04-01']],
    ['from the later of two', [use(1, '2026-04-01'), use(1, '2026-06-30')], ['1 2027-06-30']],
    ['from a leap day', [use(1, '2024-02-29')], ['1 2025-02-28']],
    [
      'at each for itself',
      [use(1, '2026-04-01'), use(2, '2020-01-01')],
      ['1 2027-04-01', '2 2030-01-01'],
    ],
    ['as long as one use is open', [use(1, '2000-01-01'), use(2, '2000-01-01', true)], undefined],
    ['where a term is unset', [use(1, '2000-01-01'), use(3, '2000-01-01')], undefined],
    ['nowhere', [], []],
  ])('RKN-S2 a file is kept %s', (_, uses, expected) => {
    expect(told(uses)).toEqual(expected);
  });

  test.each([
    ['2027-04-01', false],
    ['2027-04-02', true],
  ])('RKN-S2 with a last day of 2027-04-01 the term is over on %s: %s', (today, expected) => {
    expect(isTermOver(keptThrough([use(1, '2026-04-01')], YEARS), day(today))).toBe(expected);
  });

  test('RKN-S2 one institution keeps it for all, and where nothing is known nothing goes', () => {
    const both = keptThrough([use(1, '2026-04-01'), use(2, '2026-04-01')], YEARS);
    expect(isTermOver(both, day('2036-04-01'))).toBe(false);
    expect(isTermOver(both, day('2036-04-02'))).toBe(true);
    expect(isTermOver(undefined, day('2999-01-01'))).toBe(false);
    expect(isTermOver([], day('2999-01-01'))).toBe(false);
  });

  test.each<[string, boolean, object, boolean]>([
    ['security-review', false, { demand: { id: 'dem_1' } }, true],
    ['security-review', false, { notice: {} }, true],
    ['security-review', false, { measureId: 'msr_1' }, true],
    ['security-review', false, { demand: undefined, submissionId: 'sub_1' }, false],
    ['security-review', true, { demand: { id: 'dem_1' } }, false],
    ['chain-stop', false, { request: { id: 'req_1' } }, true],
    ['chain-stop', false, {}, false],
    ['protective-hold', false, {}, true],
    ['protective-hold', true, {}, false],
  ])('RKN-S4, RKN-C2, INT-13 %s over: %s, with %j, is under way: %s', (...row) => {
    const [machine, isOver, facts, expected] = row;
    expect(isUnderWay({ machine, isOver, state: { facts } })).toBe(expected);
  });
});
