import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Database } from '#libs/platform';
import type { InstitutionsService } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { TurnChangesJob } from './turn-changes.job.js';

const HOUR_MS = 3_600_000;

const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** The job over so many changes that are past their time at each institution, and how many bites it took. */
function jobOver(old: Record<number, number>, failing?: number) {
  const seen = { bites: 0, old, now: 0 };
  const inInstitution = async (id: number, work: (tx: object) => Promise<unknown>) => {
    if (id === failing) throw new Error('this institution is away');
    return work({
      query: (sql: string, values: readonly unknown[]) => {
        if (!sql.startsWith('delete from party_change')) return Promise.resolve([]);
        const gone = Math.min(seen.old[id] ?? 0, Number(values[2]));
        seen.old[id] = (seen.old[id] ?? 0) - gone;
        seen.bites += 1;
        return Promise.resolve(Array.from({ length: gone }, () => ({})));
      },
    });
  };
  const database = { inInstitution } as unknown as Database;
  const jobs = new Jobs(database);
  const all = () => Promise.resolve(Object.keys(old).map((id) => ({ id: Number(id) })));
  const institutions = { all } as unknown as InstitutionsService;
  const clock = { now: () => Promise.resolve(seen.now) };
  void new TurnChangesJob(jobs, database, clock, institutions);
  jobs.onApplicationBootstrap();
  return { jobs, seen };
}

test('what is past its time is forgotten bite after bite until none is left, then once an hour', async () => {
  const { jobs, seen } = jobOver({ 4: 9_000, 7: 2_000 });
  await jest.advanceTimersByTimeAsync(10);
  expect(seen.old).toEqual({ 4: 0, 7: 0 });
  const { bites } = seen;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(seen.bites).toBe(bites);
  seen.now += HOUR_MS;
  await jest.advanceTimersByTimeAsync(60_000);
  expect(seen.bites).toBe(bites + 2);
  await jobs.onModuleDestroy();
});

test('an institution that fails holds up no other, and is asked again', async () => {
  const { jobs, seen } = jobOver({ 4: 5_000, 7: 5_000 }, 4);
  await jest.advanceTimersByTimeAsync(10);
  expect(seen.old).toEqual({ 4: 5_000, 7: 0 });
  expect(error).toHaveBeenCalledWith('turn-changes: this institution is away');
  await jobs.onModuleDestroy();
});

test('a server that ends takes no further bite', async () => {
  const { jobs, seen } = jobOver({ 4: 1_000_000 });
  await jobs.onModuleDestroy();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(seen.bites).toBe(1);
});
