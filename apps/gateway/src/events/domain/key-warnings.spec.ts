import { expect, test } from '@jest/globals';
import { warningOf } from './key-warnings.js';

const DAY = 86_400_000;

test.each<[number, number | undefined]>([
  [30 * DAY + 1, undefined],
  [30 * DAY, 30],
  [7 * DAY + 1, 30],
  [7 * DAY, 7],
  [DAY + 1, 7],
  [DAY, 1],
  [1, 1],
  [0, undefined],
])('B-20 with %i ms left the warning is %s days', (left, expected) => {
  expect(warningOf(1_000 * DAY + left, 1_000 * DAY)).toBe(expected);
});
