import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { RateStore } from './rate.store.js';
import { SweepRates } from './sweep-rates.job.js';

const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

beforeEach(() => void warn.mockClear());
afterEach(() => void warn.mockClear());

/** A store with so many rows that are over; `asked` is fulfilled when it was asked so often. */
function storeOf(rows: number, untilAsked: number, fails = 0) {
  const asked = Promise.withResolvers<void>();
  const seen = { rows, asks: 0 };
  const sweep = (rowsMax: number) => {
    seen.asks += 1;
    if (seen.asks === untilAsked) asked.resolve();
    if (seen.asks <= fails) return Promise.reject(new Error('the store is away'));
    const gone = Math.min(seen.rows, rowsMax);
    seen.rows -= gone;
    return Promise.resolve(gone);
  };
  return { store: { sweep } as unknown as RateStore, seen, asked: asked.promise };
}

test('T-31 as long as a bite was full the next one follows, whatever a flood has left', async () => {
  const { store, seen, asked } = storeOf(4_500, 5);
  const job = new SweepRates(store);
  job.onApplicationBootstrap();
  await asked;
  job.onModuleDestroy();
  expect(seen.rows).toBe(0);
});

test('a process that ends takes no further bite', async () => {
  const { store, seen, asked } = storeOf(Infinity, 3);
  const job = new SweepRates(store);
  job.onApplicationBootstrap();
  await asked;
  job.onModuleDestroy();
  const { asks } = seen;
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  expect(seen.asks).toBeLessThanOrEqual(asks + 1);
});

test('a bite that failed is logged', async () => {
  const { store, asked } = storeOf(1, 1, 1);
  const job = new SweepRates(store);
  job.onApplicationBootstrap();
  await asked;
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  job.onModuleDestroy();
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('the store is away'));
});
