import { expect, test } from '@jest/globals';
import { nextAttempt } from './next-attempt.js';

const MINUTE_MS = 60_000;

test('attempts come further and further apart and end after about three days', () => {
  const times = [0];
  for (let attempts = 1; ; attempts += 1) {
    const next = nextAttempt(attempts, times.at(-1)!);
    if (next === undefined) break;
    times.push(next);
  }
  const pauses = times.slice(1).map((time, i) => time - times[i]!);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses[0]).toBe(MINUTE_MS);
  expect(times.at(-1)! / (24 * 60 * MINUTE_MS)).toBeGreaterThan(3);
  expect(times.at(-1)! / (24 * 60 * MINUTE_MS)).toBeLessThan(4);
});
