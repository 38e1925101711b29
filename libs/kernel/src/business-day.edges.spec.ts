import { describe, expect, test } from '@jest/globals';
import { bankingCalendar, BusinessCalendar, isNationalHoliday } from './business-day.js';
import { CivilDate } from './civil-date.js';

const date = (text: string) => CivilDate.from(text);

describe('the edges of the business calendar', () => {
  test.each<[string, boolean]>([
    ['2026-12-30', true],
    ['2026-12-31', false],
    ['2026-03-31', true],
    ['2026-09-01', true],
    ['2026-09-02', true],
    ['2026-09-03', true],
    ['2025-01-02', false],
    ['2025-01-03', false],
    ['2028-01-04', true],
  ])('%s is a business day: %s', (text, expected) => {
    expect(bankingCalendar.isBusinessDay(date(text))).toBe(expected);
  });

  test('a holiday is one on its day only, in every year anew', () => {
    expect(isNationalHoliday(date('2026-11-23'))).toBe(true);
    expect(isNationalHoliday(date('2026-11-24'))).toBe(false);
    expect(isNationalHoliday(date('2027-11-23'))).toBe(true);
    expect(isNationalHoliday(date('2026-01-12'))).toBe(true);
    expect(isNationalHoliday(date('2027-01-12'))).toBe(false);
  });

  const closedFor = (days: number) =>
    new BusinessCalendar({
      closed: Array.from({ length: days }, (_, index) =>
        date('2026-06-01')
          .plusDays(index + 1)
          .toString(),
      ),
      open: [
        date('2026-06-01')
          .plusDays(days + 1)
          .toString(),
      ],
    });

  test('a hundred closed days are crossed, one more is a broken calendar', () => {
    const crossed = closedFor(100).next(date('2026-06-01'));
    expect(date('2026-06-01').daysUntil(crossed)).toBe(101);
    expect(() => closedFor(101).next(date('2026-06-01'))).toThrow(
      'No business day within 100 days',
    );
  });

  test('days that are both closed and open are named', () => {
    const both = { closed: ['2026-06-01', '2026-06-02'], open: ['2026-06-02', '2026-06-01'] };
    expect(() => new BusinessCalendar(both)).toThrow(
      'both closed and open: 2026-06-01, 2026-06-02.',
    );
  });
});
