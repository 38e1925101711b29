import { expect, test } from '@jest/globals';
import { whenToRemind } from './when-to-remind.js';

test.each([
  ['2026-11-22T00:00:00+09:00', '2026-11-22T09:00:00+09:00'],
  ['2026-11-22T08:59:59+09:00', '2026-11-22T09:00:00+09:00'],
  ['2026-11-22T09:00:01+09:00', '2026-11-22T09:00:01+09:00'],
  ['2026-11-21T15:00:00Z', '2026-11-22T09:00:00+09:00'],
])('a reminder that falls due at %s goes out at %s', (due, expected) => {
  expect(whenToRemind(Date.parse(due))).toBe(Date.parse(expected));
});
