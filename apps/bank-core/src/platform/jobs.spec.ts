import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Database } from '#libs/platform';
import { Jobs, type JobRhythm } from './jobs.js';

const INTERVAL_MS = 5_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A job of that rhythm; what each run asks for stands in the list, in the order of the runs. */
function jobAsking(...asked: (number | undefined)[]) {
  const runs = { count: 0 };
  const jobs = new Jobs({} as Database);
  const rhythm: JobRhythm = jobs.every(INTERVAL_MS, {
    name: 'of a test',
    run: () => {
      const ms = asked[runs.count];
      runs.count += 1;
      if (ms !== undefined) rhythm.runWithin(ms);
      return Promise.resolve();
    },
  });
  jobs.onApplicationBootstrap();
  return { jobs, runs };
}

test('RKN-S4c a job that has seen what comes due is back at that moment, not at the next interval', async () => {
  const { jobs, runs } = jobAsking(1_200);
  await jest.advanceTimersByTimeAsync(1_199);
  expect(runs.count).toBe(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(runs.count).toBe(2);
  // Asked for once; from there on the interval is the net again.
  await jest.advanceTimersByTimeAsync(INTERVAL_MS - 1);
  expect(runs.count).toBe(2);
  await jest.advanceTimersByTimeAsync(1);
  expect(runs.count).toBe(3);
  await jobs.onModuleDestroy();
});

test.each([
  ['later than the interval', 60_000, INTERVAL_MS],
  ['already past', -40, 0],
])('%s: the interval is the longest rest, and nothing is the shortest', async (_, asked, ms) => {
  const { jobs, runs } = jobAsking(asked);
  await jest.advanceTimersByTimeAsync(Math.max(0, ms - 1));
  expect(runs.count).toBe(ms === 0 ? 2 : 1);
  await jest.advanceTimersByTimeAsync(1);
  expect(runs.count).toBe(2);
  await jobs.onModuleDestroy();
});

test('a job that has ended comes back no more', async () => {
  const { jobs, runs } = jobAsking(100);
  await jest.advanceTimersByTimeAsync(0);
  await jobs.onModuleDestroy();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(runs.count).toBe(1);
});
