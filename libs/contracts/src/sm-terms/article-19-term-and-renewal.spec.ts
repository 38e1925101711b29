import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { article19 } from './article-19-term-and-renewal.js';

const date = CivilDate.from;
const on = (contract: string, today: string, objection?: string) => {
  const { term, isInForce } = article19.clause('SM-19').apply({
    contractDate: date(contract),
    objectionDate: objection ? date(objection) : undefined,
    today: date(today),
  });
  return `${term.firstDay} to ${term.lastDay}, ${isInForce ? 'in force' : 'ended'}`;
};

describe('SM-19 term and renewal', () => {
  test.each([
    ['SM-19/a the last day', on('2026-04-01', '2027-03-31'), '2026-04-01 to 2027-03-31, in force'],
    ['SM-19/a the day after', on('2026-04-01', '2027-04-01'), '2027-04-01 to 2028-03-31, in force'],
    [
      'SM-19/b from a leap day',
      on('2024-02-29', '2025-02-28'),
      '2024-02-29 to 2025-02-28, in force',
    ],
    ['SM-19/b and on', on('2024-02-29', '2028-02-29'), '2027-03-01 to 2028-02-29, in force'],
    [
      'SM-19/c objection on the last day',
      on('2026-04-01', '2027-04-01', '2027-03-31'),
      '2026-04-01 to 2027-03-31, ended',
    ],
    [
      'SM-19/c until then it runs',
      on('2026-04-01', '2027-03-31', '2026-05-01'),
      '2026-04-01 to 2027-03-31, in force',
    ],
    [
      'SM-19/c objection a day late ends the next term',
      on('2026-04-01', '2028-04-01', '2027-04-01'),
      '2027-04-01 to 2028-03-31, ended',
    ],
    [
      'SM-19/d years later, nobody having acted',
      on('2016-04-01', '2026-11-22'),
      '2026-04-01 to 2027-03-31, in force',
    ],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toBe(expected);
  });

  test('SM-19 property: terms follow each other without a gap, and every day lies in one', () => {
    const day = fc.integer({ min: 15_000, max: 25_000 }).map((n) => CivilDate.fromDayNumber(n));
    fc.assert(
      fc.property(day, fc.nat(4_000), (contractDate, after) => {
        const today = contractDate.plusDays(after);
        const ask = (asked: CivilDate) =>
          article19.clause('SM-19').apply({ contractDate, objectionDate: undefined, today: asked });
        const { term, isInForce } = ask(today);
        expect(isInForce).toBe(true);
        const next = ask(term.lastDay.plusDays(1)).term;
        expect(next.firstDay.equals(term.lastDay.plusDays(1))).toBe(true);
        expect([365, 366]).toContain(term.firstDay.daysUntil(next.firstDay));
      }),
    );
  });
});
