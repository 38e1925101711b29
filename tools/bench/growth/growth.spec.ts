import { describe, expect, test } from '@jest/globals';
import type { Measurement } from '../ledger/cells.js';
import { amountOf, shiftOf } from './fill.js';
import { growthFigures } from './figures.js';

const cell = (perSecond: number, cpuUs: number): Measurement => ({
  committed: 1,
  committedWarm: 1,
  perSecond,
  p50Ms: 1,
  p99Ms: 1,
  cpuUs,
  walBytes: 1,
});

describe('growth', () => {
  test('a ratio says how many times the time of the small size the large one takes', () => {
    const { figures } = growthFigures([
      {
        posting_small: cell(1000, 100),
        posting_large: cell(800, 110),
        statement_small: cell(2000, 50),
        statement_large: cell(4000, 50),
        long_statement_small: cell(3000, 60),
        long_statement_large: cell(2000, 90),
        long_first_page_small: cell(2000, 80),
        long_first_page_large: cell(1600, 120),
        long_balance_small: cell(9000, 20),
        long_balance_large: cell(4500, 70),
      },
    ]);
    expect(figures['posting_ratio']).toBe(1.25);
    expect(figures['posting_cpu_ratio']).toBe(1.1);
    expect(figures['statement_ratio']).toBe(0.5);
    expect(figures['posting_large_per_s']).toBe(800);
    expect(figures['long_statement_ratio']).toBe(1.5);
    expect(figures['long_first_page_ratio']).toBe(1.25);
    expect(figures['long_first_page_cpu_ratio']).toBe(1.5);
    expect(figures['long_balance_ratio']).toBe(2);
    expect(figures['long_balance_cpu_ratio']).toBe(3.5);
  });

  test.each([2, 3, 1000, 10_000, 1_000_000])('of %d accounts none pays itself', (accounts) => {
    for (let round = 0; round < 50; round += 1) {
      expect(shiftOf(round, accounts) % accounts).not.toBe(0);
      expect(amountOf(round)).toBeGreaterThan(0);
    }
  });
});
