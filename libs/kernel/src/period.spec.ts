import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CivilDate } from './civil-date.js';
import {
  contains,
  days,
  endOf,
  hoursAfter,
  lengthInDays,
  months,
  movedToOpenDay,
  periodAfter,
  periodCountedFrom,
  unionOf,
  years,
  type Period,
} from './period.js';

const date = CivilDate.from;
const anyDay = fc.integer({ min: -30_000, max: 60_000 }).map((n) => CivilDate.fromDayNumber(n));
const anyPeriod = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60 }))
  .map(([from, length]): Period => {
    const firstDay = date('2026-01-01').plusDays(from);
    return { firstDay, lastDay: firstDay.plusDays(length) };
  });

describe('periods after the Civil Code, articles 138 to 143', () => {
  test.each([
    // start         length      last day       why
    ['2024-11-22', years(2), '2026-11-22', 'the event day is not counted'],
    ['2024-02-29', years(2), '2026-02-28', 'counted from 1 March to the day before 1 March'],
    ['2024-02-28', years(2), '2026-02-28', '29 February has no counterpart: last of the month'],
    ['2023-02-28', years(1), '2024-02-29', 'counted from 1 March: ends the day before, a leap day'],
    ['2026-01-30', months(1), '2026-02-28', '31 January has no counterpart in February'],
    ['2026-01-31', months(1), '2026-02-28', 'counted from 1 February, a whole month'],
    ['2026-03-30', months(1), '2026-04-30', 'counted from 31 March: April has 30 days'],
    ['2026-03-01', days(30), '2026-03-31', 'thirty days after the first'],
  ] as const)('after the event of %s, %o ends on %s: %s', (start, length, last, _why) => {
    expect(String(periodAfter(date(start), length).lastDay)).toBe(last);
  });

  test.each([
    ['2026-04-01', years(1), '2027-03-31'],
    ['2024-02-29', years(1), '2025-02-28'],
    ['2026-12-01', months(1), '2026-12-31'],
    ['2026-04-01', days(1), '2026-04-01'],
    ['2026-04-01', { unit: 'week', count: 2 }, '2026-04-14'],
  ] as const)('counted from %s itself, %o ends on %s', (start, length, last) => {
    expect(String(periodCountedFrom(date(start), length).lastDay)).toBe(last);
  });

  test('a length of zero or a half is a bug, not a period', () => {
    expect(() => periodAfter(date('2026-01-01'), days(0))).toThrow('at least one day');
    expect(() => periodAfter(date('2026-01-01'), months(1.5))).toThrow('at least one day');
  });

  test('both ends belong to a period, and nothing else', () => {
    const period = periodCountedFrom(date('2026-03-01'), days(3));
    const inside = ['2026-02-28', '2026-03-01', '2026-03-03', '2026-03-04'].map((text) =>
      contains(period, date(text)),
    );
    expect(inside).toEqual([false, true, true, false]);
  });

  test('article 142 moves the last day only when asked, to the next open day', () => {
    const closedOn = (closed: string) => (day: CivilDate) => !closed.includes(String(day));
    expect(String(movedToOpenDay(date('2026-11-22'), closedOn('2026-11-22 2026-11-23')))).toBe(
      '2026-11-24',
    );
    expect(String(movedToOpenDay(date('2026-11-24'), () => true))).toBe('2026-11-24');
    expect(() => movedToOpenDay(date('2026-11-24'), () => false)).toThrow('No open day');
  });

  test('hours run from the instant itself; a day ends where the next begins', () => {
    expect(hoursAfter(1000, 2)).toBe(7_201_000);
    expect(endOf(date('2026-11-22'))).toBe(date('2026-11-23').startsAt());
  });

  test('property: n years from a day, and n more from the day after, are 2n years', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 20 }), (day, count) => {
        fc.pre(day.day <= 28);
        const first = periodCountedFrom(day, years(count));
        const second = periodCountedFrom(first.lastDay.plusDays(1), years(count));
        expect(second.lastDay.equals(periodCountedFrom(day, years(2 * count)).lastDay)).toBe(true);
      }),
    );
  });

  test('property: a month after any day ends 28 to 31 days later and never in a third month', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { lastDay } = periodAfter(day, months(1));
        const distance = day.daysUntil(lastDay);
        expect(distance).toBeGreaterThanOrEqual(28);
        expect(distance).toBeLessThanOrEqual(31);
      }),
    );
  });

  test('property: a later start never ends earlier', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 36 }), (day, count) => {
        const today = periodAfter(day, months(count)).lastDay;
        const tomorrow = periodAfter(day.plusDays(1), months(count)).lastDay;
        expect(tomorrow.isBefore(today)).toBe(false);
      }),
    );
  });

  test('property: the union counts every day once and does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(anyPeriod, { maxLength: 8 }), (periods) => {
        const counted = new Set<number>();
        for (const { firstDay, lastDay } of periods) {
          for (let n = firstDay.dayNumber; n <= lastDay.dayNumber; n += 1) counted.add(n);
        }
        const union = unionOf(periods);
        expect(union.reduce((sum, period) => sum + lengthInDays(period), 0)).toBe(counted.size);
        expect(unionOf([...periods].reverse())).toEqual(union);
      }),
    );
  });

  test('a period that ends before it begins is a bug', () => {
    const broken = { firstDay: date('2026-01-02'), lastDay: date('2026-01-01') };
    expect(() => unionOf([broken])).toThrow('does not end before');
  });
});
