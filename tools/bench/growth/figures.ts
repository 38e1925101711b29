import { median, medianRatio, rounded } from '../ledger/arithmetic.js';
import type { Measurement } from '../ledger/cells.js';

export type Size = 'small' | 'large';
/** `long_…`: of the large account's long history against the small one's, in one database. */
export const WORKS = [
  'posting',
  'statement',
  'long_statement',
  'long_first_page',
  'long_balance',
] as const;
export type Work = (typeof WORKS)[number];
export type GrowthRepetition = Readonly<Record<`${Work}_${Size}`, Measurement>>;

/** How many times the time (the inverse of the rate) and the processor time of the small size the large one takes. */
export function growthFigures(repetitions: readonly GrowthRepetition[]): {
  readonly figures: Readonly<Record<string, number | null>>;
  readonly reasons: Readonly<Record<string, string>>;
} {
  const figures: Record<string, number | null> = {};
  for (const work of WORKS) {
    const of = (size: Size, pick: (cell: Measurement) => number | undefined) =>
      rounded(median(repetitions.flatMap((each) => pick(each[`${work}_${size}`]) ?? [])));
    const ratio = (pick: (cell: Measurement) => number | undefined) =>
      rounded(
        medianRatio(
          repetitions,
          (each) => pick(each[`${work}_large`]),
          (each) => pick(each[`${work}_small`]),
        ),
      );
    figures[`${work}_ratio`] = ratio(({ perSecond }) => 1 / perSecond);
    figures[`${work}_cpu_ratio`] = ratio(({ cpuUs }) => cpuUs);
    for (const size of ['small', 'large'] as const) {
      figures[`${work}_${size}_per_s`] = of(size, ({ perSecond }) => perSecond);
      figures[`${work}_${size}_cpu_us`] = of(size, ({ cpuUs }) => cpuUs);
      figures[`${work}_${size}_wal_bytes`] = of(size, ({ walBytes }) => walBytes);
      figures[`${work}_${size}_p50_ms`] = of(size, ({ p50Ms }) => p50Ms);
      figures[`${work}_${size}_p99_ms`] = of(size, ({ p99Ms }) => p99Ms);
    }
  }
  const missing = Object.keys(figures).filter((key) => figures[key] === null);
  return { figures, reasons: Object.fromEntries(missing.map((key) => [key, 'no /proc'])) };
}
