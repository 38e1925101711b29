import { describe, expect, test } from '@jest/globals';
import { compare } from './oracle/compare.js';
import { chunksOf, compareInChunks, together } from './oracle/in-chunks.js';
import { run } from './oracle.js';

/** The short form of `npm run campaign -- oracle`. */
describe('the library and the second opinion', () => {
  const seen = compare(1_500, 1);

  test('SM-14.2a they agree on 1,500 random cases', () => {
    expect(seen.examples).toEqual([]);
    expect(seen).toMatchObject({ cases: 1_500, differences: 0 });
  });

  test('SM-14.1* every class and every refusal of an amount is among the cases', () => {
    expect(Object.keys(seen.classes).sort()).toEqual([
      'barred',
      'discretionary',
      'excluded',
      'full',
      'no_rule',
      'not_applicable',
      'not_claimable',
      'nothing_by_reading',
      'refused_negative_or_above',
      'refused_not_open',
      'refused_whole',
      'undetermined',
    ]);
    const counted = Object.values(seen.classes).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(1_500);
  });

  test('the same seed gives the same cases, another seed gives others', () => {
    expect(compare(200, 7)).toEqual(compare(200, 7));
    expect(compare(200, 7).classes).not.toEqual(compare(200, 8).classes);
  });

  test('chunks have seeds of their own and add up', () => {
    const chunks = chunksOf(60_000, 7);
    expect(chunks).toEqual([
      { cases: 25_000, seed: 7 },
      { cases: 25_000, seed: 8 },
      { cases: 10_000, seed: 9 },
    ]);
    const parts = [compare(50, 1), compare(70, 2)];
    const whole = together(parts);
    expect(whole.cases).toBe(120);
    expect(Object.values(whole.classes).reduce((sum, count) => sum + count, 0)).toBe(120);
  });

  test('a thread takes one chunk after another, and the threads do not change the result', async () => {
    const chunks = [1, 2, 3].map((seed) => ({ cases: 20, seed }));
    const [one, two] = [await compareInChunks(chunks, 1), await compareInChunks(chunks, 2)];
    expect(one.cases).toBe(60);
    expect(two).toEqual(one);
  });

  test('the campaign reports its figures', async () => {
    const report = await run({ json: true, args: ['--cases=100', '--seed=3', '--workers=1'] });
    expect(report).toMatchObject({
      name: 'oracle',
      figures: { cases: 100, differences: 0 },
      conditions: { seed: 3 },
    });
  });
});
