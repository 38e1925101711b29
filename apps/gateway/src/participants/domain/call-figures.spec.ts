import { describe, expect, test } from '@jest/globals';
import { figuresOf, percentileMs, type SummedCount } from './call-figures.js';

const BOUNDS = [10, 100, 1_000];
const count = (over: Partial<SummedCount>): SummedCount => ({
  beganAt: undefined,
  bankCode: '2963',
  code: '',
  fault: 'nobody',
  calls: 1,
  totalMs: 5,
  buckets: [1, 0, 0, 0],
  ...over,
});

describe('B-13 figures', () => {
  test('RKN-S3b an intermediary’s own faults are its and its partners’, a server’s are not', () => {
    const faults = ['nobody', 'gateway', 'bank_core', 'intermediary', 'partner'];
    const figures = figuresOf(
      faults.map((fault, nth) => count({ fault, calls: nth + 1 })),
      BOUNDS,
    );
    expect(figures).toMatchObject({
      calls: 15,
      faults: { nobody: 1, gateway: 2, bankCore: 3, intermediary: 4, partner: 5 },
      ownFaults: 9,
    });
  });

  test('nothing counted has no duration', () => {
    expect(figuresOf([], BOUNDS).latency).toEqual({
      meanMs: null,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
    });
  });

  //  classes             share  at most
  test.each([
    [[1, 0, 0, 0], 0.99, 10],
    [[50, 50, 0, 0], 0.5, 10],
    [[49, 51, 0, 0], 0.5, 100],
    [[95, 4, 1, 0], 0.95, 10],
    [[94, 5, 1, 0], 0.95, 100],
    [[98, 0, 0, 2], 0.99, null],
  ] as const)('%p: %p of the calls took at most %p ms', (buckets, share, bound) => {
    expect(percentileMs(buckets, BOUNDS, share)).toBe(bound);
  });
});
