import { describe, expect, test } from '@jest/globals';
import { CivilDate, daysInMonth, instantToWire, isLeapYear } from './civil-date.js';

const date = (text: string) => CivilDate.from(text);

describe('which days there are', () => {
  test.each<[number, boolean]>([
    [1900, false],
    [2000, true],
    [2023, false],
    [2024, true],
    [2100, false],
    [2400, true],
  ])('%s is a leap year: %s', (year, expected) => {
    expect(isLeapYear(year)).toBe(expected);
    expect(daysInMonth(year, 2)).toBe(expected ? 29 : 28);
    expect(CivilDate.parse(`${year}-02-29`).ok).toBe(expected);
  });

  test('the months have their lengths', () => {
    const lengths = Array.from({ length: 12 }, (_, index) => daysInMonth(2026, index + 1));
    expect(lengths).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
  });

  test.each(['0001-01-01', '9999-12-31', '2026-01-31', '2026-12-01'])('%s is a day', (text) => {
    expect(String(date(text))).toBe(text);
  });

  test.each([
    '0000-01-01',
    '2026-01-00',
    '2026-01-32',
    '2026-00-01',
    '2026-13-01',
    'x2026-01-01',
    '2026-01-01x',
    '2026-01-01T00:00',
    '12026-01-01',
    '2026/01/01',
    '',
  ])('%j is none', (text) => {
    expect(CivilDate.parse(text)).toMatchObject({ ok: false, refusal: { code: 'date_malformed' } });
    expect(() => date(text)).toThrow(`${text} is not a date.`);
  });

  test.each<[number, number, number]>([
    [0, 1, 1],
    [10_000, 1, 1],
    [2026.5, 1, 1],
    [2026, 0, 1],
    [2026, 13, 1],
    [2026, 1.5, 1],
    [2026, 1, 0],
    [2026, 1, 32],
    [2026, 2, 29],
    [2026, 4, 31],
    [2026, 1, 1.5],
    [Number.NaN, 1, 1],
  ])('of(%s, %s, %s) is a bug', (year, month, day) => {
    expect(() => CivilDate.of(year, month, day)).toThrow(`${year}-${month}-${day} is not a date.`);
  });

  test('the first and the last day can be made', () => {
    expect(String(CivilDate.of(1, 1, 1))).toBe('0001-01-01');
    expect(String(CivilDate.of(9999, 12, 31))).toBe('9999-12-31');
  });
});

describe('days among days', () => {
  test('equal, before, after, apart', () => {
    const [one, same, next] = [date('2026-11-22'), date('2026-11-22'), date('2026-11-23')];
    expect([one.equals(same), one.equals(next)]).toEqual([true, false]);
    expect([one.isBefore(next), one.isBefore(same), next.isBefore(one)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([next.isAfter(one), one.isAfter(same), one.isAfter(next)]).toEqual([true, false, false]);
    expect([one.compare(next), one.compare(same), next.compare(one)]).toEqual([-1, 0, 1]);
    expect([one.daysUntil(next), next.daysUntil(one)]).toEqual([1, -1]);
    expect(JSON.stringify({ one })).toBe('{"one":"2026-11-22"}');
  });

  test.each<[string, number]>([
    ['1969-12-28', 0],
    ['1970-01-01', 4],
    ['2026-11-22', 0],
    ['2026-11-28', 6],
  ])('%s has the weekday %s', (text, weekday) => {
    expect(date(text).weekday).toBe(weekday);
  });

  test.each<[string, number, string]>([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-05-15', -24, '2024-05-15'],
    ['2026-11-22', 0, '2026-11-22'],
  ])('%s plus %s months is %s', (from, months, to) => {
    expect(String(date(from).plusMonths(months))).toBe(to);
  });

  test('days forward and back', () => {
    expect(String(date('2026-02-28').plusDays(1))).toBe('2026-03-01');
    expect(String(date('2026-03-01').minusDays(1))).toBe('2026-02-28');
    expect(date('1970-01-01').dayNumber).toBe(0);
    expect(date('1969-12-31').dayNumber).toBe(-1);
    expect(date('2000-03-01').dayNumber).toBe(11_017);
  });
});

describe('days and instants', () => {
  test('SM-5.3-3 a Tokyo day begins nine hours before its name in UTC', () => {
    expect(date('1970-01-01').startsAt()).toBe(-9 * 3_600_000);
    expect(date('1970-01-02').startsAt()).toBe(15 * 3_600_000);
    expect(date('2026-11-22').startsAt()).toBe(1_795_273_200_000);
  });

  test.each<[string, number]>([
    ['00:00', 0],
    ['00:01', 60_000],
    ['09:30', 34_200_000],
    ['19:59', 71_940_000],
    ['23:59', 86_340_000],
    ['24:00', 86_400_000],
  ])('at %s', (time, later) => {
    const day = date('2026-11-22');
    expect(day.at(time) - day.startsAt()).toBe(later);
  });

  test.each([
    '24:01',
    '25:00',
    '30:00',
    '12:60',
    '9:30',
    '09:3',
    '009:30',
    '09:300',
    'x9:30',
    '0x:30',
    '09:x0',
    '09:3x',
    '2x:00',
    '',
  ])('%j is no time of day', (time) => {
    expect(() => date('2026-11-22').at(time)).toThrow(`${time} is not a time of day.`);
  });

  test.each<[string, number, string]>([
    ['2026-11-22', 0, '2026-11-22T00:00:00.000+09:00'],
    ['2026-11-22', 1, '2026-11-22T00:00:00.001+09:00'],
    ['2026-11-22', 49_559_123, '2026-11-22T13:45:59.123+09:00'],
    ['2026-11-22', 86_399_999, '2026-11-22T23:59:59.999+09:00'],
    ['0009-01-02', 3_600_000, '0009-01-02T01:00:00.000+09:00'],
  ])('%s and %s ms is written %s', (day, later, text) => {
    expect(instantToWire(date(day).startsAt() + later)).toBe(text);
  });
});
