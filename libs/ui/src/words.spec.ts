import { describe, expect, test } from '@jest/globals';
import en from './locales/en.json' with { type: 'json' };
import ja from './locales/ja.json' with { type: 'json' };
import { dayForPeople, instantForPeople, timeOfDayForPeople } from './time.js';
import { wordsIn, type WordId } from './words.js';

const ids = Object.keys(ja) as WordId[];
const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);

describe('the catalogue of interface words', () => {
  test('both languages have the same ids, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(ja));
  });

  test.each(ids)('%s has words in both languages and takes the same values', (id) => {
    expect(ja[id].trim()).toBe(ja[id]);
    expect(en[id].trim()).toBe(en[id]);
    expect(new Set(placesIn(en[id]))).toEqual(new Set(placesIn(ja[id])));
    const values = Object.fromEntries(placesIn(ja[id]).map((name) => [name, `«${name}»`]));
    for (const words of [wordsIn('ja'), wordsIn('en')])
      for (const value of Object.values(values)) expect(words(id, values)).toContain(value);
  });

  test('T-07 a value is text: markup in it stays what it is', () => {
    const name = '<b>みなと</b>{bank}';
    expect(wordsIn('ja')('page.back', { name })).toBe(`やめて${name}に戻る`);
  });

  test('a sentence that lacks its value throws instead of showing a hole', () => {
    expect(() => wordsIn('ja')('page.back')).toThrow();
  });

  test("times are Tokyo's in both languages", () => {
    const instant = Date.parse('2026-11-22T05:05:00Z');
    expect(instantForPeople(instant, 'ja')).toBe('2026年11月22日(日) 14:05');
    expect(instantForPeople(instant, 'en')).toContain('14:05');
    expect(dayForPeople(instant, 'ja')).toBe('2026年11月22日(日)');
    expect(timeOfDayForPeople(Date.parse('2026-11-22T15:00:00Z'), 'ja')).toBe('00:00');
  });
});
