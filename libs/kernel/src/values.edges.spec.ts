import { describe, expect, test } from '@jest/globals';
import { canonicalJson } from './canonical-json.js';
import { CivilDate } from './civil-date.js';
import { days, months, movedToOpenDay, years } from './period.js';
import { accepted, refused } from './result.js';
import { established, excluded, notEstablished } from './tri.js';

describe('plain values are what they say', () => {
  test('findings', () => {
    expect(established('evt_1')).toEqual({ value: 'yes', evidence: ['evt_1'] });
    expect(excluded('evt_2', 'evt_3')).toEqual({ value: 'no', evidence: ['evt_2', 'evt_3'] });
    expect(notEstablished).toEqual({ value: 'unknown', evidence: [] });
  });

  test('lengths of periods', () => {
    expect([days(3), months(2), years(1)]).toEqual([
      { unit: 'day', count: 3 },
      { unit: 'month', count: 2 },
      { unit: 'year', count: 1 },
    ]);
  });

  test('results', () => {
    expect(accepted(1n)).toEqual({ ok: true, value: 1n });
    expect(refused('never', { clause: 'SM-14.3' })).toEqual({
      ok: false,
      refusal: { code: 'never', clause: 'SM-14.3' },
    });
  });

  test('a member that is merely called toJSON is written like any other', () => {
    expect(canonicalJson({ toJSON: 5 })).toBe('{"toJSON":5}');
    expect(canonicalJson({ b: 1, a: CivilDate.from('2026-01-01') })).toBe(
      '{"a":"2026-01-01","b":1}',
    );
  });

  test.each<[unknown, string]>([
    [Number.NaN, 'A number that is not finite has no JSON form.'],
    [Number.POSITIVE_INFINITY, 'A number that is not finite has no JSON form.'],
    [() => 1, 'A function has no JSON form.'],
    [Symbol('x'), 'A symbol has no JSON form.'],
    [new Map(), 'Write a map or a set as a list.'],
    [new Set(), 'Write a map or a set as a list.'],
  ])('%p has no canonical form', (value, sentence) => {
    expect(() => canonicalJson(value)).toThrow(sentence);
  });

  test('a custom of closing for 400 days is crossed, for 401 it is a broken calendar', () => {
    const from = CivilDate.from('2026-01-01');
    const opensAfter = (count: number) => (day: CivilDate) => from.daysUntil(day) >= count;
    expect(from.daysUntil(movedToOpenDay(from, opensAfter(400)))).toBe(400);
    expect(() => movedToOpenDay(from, opensAfter(401))).toThrow('No open day within a year');
  });
});
