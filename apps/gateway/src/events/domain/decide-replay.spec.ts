import { expect, test } from '@jest/globals';
import { decideReplay } from './decide-replay.js';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

test.each<[string, number, number, boolean]>([
  ['31 days', NOW - 31 * DAY, NOW, true],
  ['a millisecond more', NOW - 31 * DAY - 1, NOW, false],
  ['90 days back', NOW - 90 * DAY, NOW - 80 * DAY, true],
  ['further back', NOW - 90 * DAY - 1, NOW - 80 * DAY, false],
  ['nothing at all', NOW, NOW, false],
  ['the wrong way round', NOW, NOW - 1, false],
])('B-24 a replay of %s', (_title, from, to, isTaken) => {
  expect(decideReplay(from, to, NOW).ok).toBe(isTaken);
});
