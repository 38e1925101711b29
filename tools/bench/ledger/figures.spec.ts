import { describe, expect, test } from '@jest/globals';
import { median, medianRatio, percentile, rounded } from './arithmetic.js';
import type { Measurement } from './cells.js';
import { figuresOf, reasonsOf, type Repetition } from './figures.js';
import { faultsIn } from './ledger-truth.js';
import { parsePgbench } from './pgbench.js';

const cell = (perSecond: number, cpuUs = 100): Measurement => ({
  committed: perSecond,
  committedWarm: perSecond,
  perSecond,
  p50Ms: 1,
  p99Ms: 2,
  cpuUs,
  walBytes: 600,
});

describe('the arithmetic of the bench', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], undefined],
  ])('the median of %j is %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('a percentile is a value that occurred, by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile([5], 0.99)).toBe(5);
    expect(percentile([], 0.5)).toBeUndefined();
  });

  test('a ratio is taken inside each repetition, not between medians of different ones', () => {
    const repetitions = [
      { a: 100, b: 10 },
      { a: 20, b: 10 },
      { a: 90, b: 90 },
    ];
    const ratio = medianRatio(
      repetitions,
      ({ a }) => a,
      ({ b }) => b,
    );
    // The medians' own ratio would be 9.
    expect(ratio).toBe(2);
  });

  test('a figure that is not a number is none', () => {
    expect(rounded(undefined)).toBeNull();
    expect(rounded(Number.NaN)).toBeNull();
    expect(rounded(17_432.6)).toBe(17_430);
    expect(rounded(0.91234)).toBe(0.9123);
  });
});

describe('the figures of the ledger', () => {
  const repetition: Repetition = {
    single_32: cell(3000, 200),
    pgbench_n_32_single: cell(2000, 300),
    service_1024: cell(16_000, 50),
    pgbench_n_8_many: cell(3000),
    pgbench_n_32_many: cell(4000, 400),
    pgbench_n_64_many: cell(3500),
    service_32: cell(8000),
    service_hot_32: cell(9600),
    pgbench_n_32_service: cell(2500),
    confirm_32: cell(5000),
    confirm_1024: cell(12_000, 80),
  };

  test('each key divides what it says', () => {
    const figures = figuresOf([repetition]);
    expect(figures['single_32_vs_pgbench_n']).toBe(1.5);
    expect(figures['hot_vs_uniform']).toBe(1.2);
    expect(figures['single_32_cpu_gain']).toBe(1.5);
  });

  test('what the money goes through is told beside what posts it', () => {
    const figures = figuresOf([repetition]);
    expect(figures['confirm_32_vs_pgbench_n']).toBe(2);
    expect(figures['confirm_1024_vs_pgbench_n']).toBe(3);
    expect(figures['cpu_us_per_confirmation_1024']).toBe(80);
  });

  test('the many are held against the best client count, its processor time included', () => {
    const figures = figuresOf([repetition]);
    expect(figures['service_1024_vs_pgbench_n']).toBe(4);
    expect(figures['pgbench_n_best_tps']).toBe(4000);
    expect(figures['cpu_us_per_pgbench_n']).toBe(400);
    expect(figures['service_1024_cpu_gain']).toBe(8);
  });

  test('what was not measured is null, never a guess', () => {
    const figures = figuresOf([{ service_32: cell(8000) }]);
    expect(figures['service_32_vs_pgbench_n']).toBeNull();
    expect(figures['service_32_vs_orm']).toBeNull();
    expect(figures['service_32_tps']).toBe(8000);
  });
});

describe('why a figure is missing', () => {
  const figures: Record<string, number | null> = {
    ...figuresOf([
      {
        service_32: cell(8000),
        service_1024: cell(9000),
        confirm_1024: { ...cell(5000), cpuUs: undefined },
        orm_32: cell(100),
      },
    ]),
    bank_core_resident_mb: null,
  };
  const reasons = reasonsOf(figures, { hasPgbench: false, bankCore: 'it did not start' });

  test.each([
    'single_32_vs_pgbench_n',
    'service_1024_vs_pgbench_n',
    'confirm_1024_vs_pgbench_n',
    'cpu_us_per_pgbench_n',
    'single_32_tps',
  ])('without pgbench %s says how to install it', (key) => {
    expect(figures[key]).toBeNull();
    expect(reasons[key]).toContain('apt-get install');
  });

  test('what needs no pgbench is measured without it', () => {
    expect(figures['service_32_tps']).toBe(8000);
    expect(figures['service_32_vs_orm']).toBe(80);
    expect(reasons).not.toHaveProperty('service_32_tps');
    expect(figures['confirm_1024_tps']).toBe(5000);
    expect(reasons['cpu_us_per_confirmation_1024']).toContain('/proc');
  });

  test('the server that did not start says so itself', () => {
    expect(reasons['bank_core_resident_mb']).toBe('it did not start');
  });
});

describe('a fast wrong run is a failure', () => {
  const right = { committed: 10, last: '99', refused: 0, broken_balances: 0, money_made: '0' };

  test('a right run has no faults', () => {
    expect(faultsIn(right, 10)).toEqual([]);
  });

  test.each([
    ['money from nowhere', { ...right, money_made: '5' }, 10],
    ['a broken chain', { ...right, broken_balances: 1 }, 10],
    ['a refusal', { ...right, refused: 3 }, 10],
    ['a commit that nobody heard of', right, 9],
    ['an acknowledgement without a commit', right, 11],
    ['no row at all', {}, 10],
  ])('%s is one', (_name, row, acknowledged) => {
    expect(faultsIn(row, acknowledged)).not.toEqual([]);
  });

  const said = `progress: 1.0 s, 2.0 tps, lat 2.0 ms stddev 1.0, 0 failed
progress: 2.0 s, 10.0 tps, lat 2.0 ms stddev 1.0, 0 failed
progress: 4.0 s, 16.0 tps, lat 2.0 ms stddev 1.0, 0 failed
number of transactions actually processed: 46
number of failed transactions: 0 (0.000%)`;

  test('what pgbench committed is read from its words, its rate without the first second', () => {
    expect(parsePgbench(said)).toEqual({ committed: 46, committedWarm: 42, perSecond: 14 });
  });

  test.each([
    ['a failed transaction', said.replace('transactions: 0 (', 'transactions: 1 (')],
    ['an aborted client', `${said}\npgbench: error: Run was aborted`],
    ['nothing processed', said.replace('46', '0')],
    ['a run that ended while it warmed', said.replaceAll(/^progress: [24].*$/gm, '')],
  ])('%s in pgbench is no rate', (_name, words) => {
    expect(() => parsePgbench(words)).toThrow('did not run whole');
  });
});
