import { describe, expect, test } from '@jest/globals';
import holidayJp from '@holiday-jp/holiday_jp';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import {
  bankingCalendar,
  BusinessCalendar,
  HOLIDAYS_KNOWN,
  isNationalHoliday,
} from './business-day.js';
import { CivilDate } from './civil-date.js';
import { HOLIDAYS_BY_YEAR } from './japanese-holidays.js';

interface ComputedHolidays {
  getHolidaysOf(year: number, furikae: boolean): { month: number; date: number; name: string }[];
}
const computed = createRequire(import.meta.url)('japanese-holidays') as ComputedHolidays;

const date = CivilDate.from;
const mmdd = (month: number, day: number) =>
  String(month).padStart(2, '0') + String(day).padStart(2, '0');
const anyDay = fc
  .integer({ min: date('1971-01-01').dayNumber, max: date('2049-12-31').dayNumber })
  .map((n) => CivilDate.fromDayNumber(n));

describe('business days', () => {
  test('the committed holidays are those of @holiday-jp/holiday_jp, day by day', () => {
    const fromPackage: Record<string, string> = {};
    for (const day of Object.keys(holidayJp.holidays)) {
      const year = day.slice(0, 4);
      fromPackage[year] = (fromPackage[year] ?? '') + day.slice(5, 7) + day.slice(8);
    }
    expect(HOLIDAYS_BY_YEAR).toEqual(fromPackage);
    expect(Object.keys(fromPackage).at(0)).toBe(String(HOLIDAYS_KNOWN.from));
    expect(Object.keys(fromPackage).at(-1)).toBe(String(HOLIDAYS_KNOWN.until));
  });

  test('an independent computation gives the same holidays from 2019 to 2035', () => {
    for (let year = 2019; year <= 2035; year += 1) {
      const other = computed
        .getHolidaysOf(year, true)
        .map(({ month, date: day }) => mmdd(month, day));
      expect({ year, days: [...new Set(other)].sort().join('') }).toEqual({
        year,
        days: HOLIDAYS_BY_YEAR[year],
      });
    }
  });

  test.each([
    ['2026-11-20', true, 'a Friday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-11-23', false, 'Labour Thanksgiving Day'],
    ['2026-09-22', false, '国民の休日 between two holidays'],
    ['2026-05-06', false, '振替休日'],
    ['2026-12-30', true, 'the last business day of the year'],
    ['2026-12-31', false, 'the turn of the year'],
    ['2027-01-01', false, 'New Year'],
    ['2029-01-03', false, 'the turn of the year on a Wednesday'],
    ['2029-01-04', true, 'the first business day'],
  ] as const)('%s: %s (%s)', (day, open, _why) => {
    expect(bankingCalendar.isBusinessDay(date(day))).toBe(open);
  });

  test('an institution closes a day, and opens another', () => {
    const own = new BusinessCalendar({ closed: ['2026-11-24'], open: ['2026-11-21'] });
    expect(own.isBusinessDay(date('2026-11-24'))).toBe(false);
    expect(own.isBusinessDay(date('2026-11-21'))).toBe(true);
    expect(own.isBusinessDay(date('2026-11-25'))).toBe(true);
    expect(String(own.next(date('2026-11-20')))).toBe('2026-11-21');
    expect(String(own.previous(date('2026-11-25')))).toBe('2026-11-21');
    expect(() => new BusinessCalendar({ closed: ['2026-11-24'], open: ['2026-11-24'] })).toThrow(
      'both closed and open: 2026-11-24',
    );
  });

  test('over the turn of the year the second business day after 30 December is 5 January', () => {
    expect(String(bankingCalendar.plusBusinessDays(date('2026-12-30'), 2))).toBe('2027-01-05');
    expect(String(bankingCalendar.plusBusinessDays(date('2026-12-31'), 0))).toBe('2026-12-31');
    expect(() => bankingCalendar.plusBusinessDays(date('2026-12-31'), -1)).toThrow('forward');
  });

  test('a year whose holidays nobody knows is a bug, not a year without holidays', () => {
    expect(() => isNationalHoliday(date('2051-06-01'))).toThrow('2051 are not known');
    const never = new BusinessCalendar({
      closed: Array.from({ length: 120 }, (_, i) => String(date('2026-01-01').plusDays(i))),
    });
    expect(() => never.next(date('2026-01-01'))).toThrow('No business day');
  });

  test('property: next and previous are inverse on business days, with none between', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const next = bankingCalendar.next(day);
        expect(bankingCalendar.isBusinessDay(next)).toBe(true);
        const back = bankingCalendar.previous(next);
        expect(back.equals(bankingCalendar.onOrBefore(day))).toBe(true);
        expect(bankingCalendar.onOrAfter(day.plusDays(1)).equals(next)).toBe(true);
      }),
    );
  });

  test('property: no two business days are more than eleven days apart', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(day.daysUntil(bankingCalendar.next(day))).toBeLessThanOrEqual(11);
      }),
    );
  });
});
