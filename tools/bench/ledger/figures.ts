import { median, medianRatio, rounded } from './arithmetic.js';
import type { Measurement } from './cells.js';
import type { CellName } from './every-cell.js';
import { HOW_TO_INSTALL } from './pgbench.js';

/** One pass over all cells; a cell that could not be measured is missing. */
export type Repetition = Readonly<Partial<Record<CellName, Measurement>>>;

/** The best client count of `pgbench -N` beside the many waiting requests. */
const bestOfN = (repetition: Repetition): Measurement | undefined =>
  ([8, 32, 64] as const)
    .map((clients) => repetition[`pgbench_n_${clients}_many`])
    .reduce(
      (best, each) => (each && each.perSecond > (best?.perSecond ?? 0) ? each : best),
      undefined,
    );

type Side = CellName | 'pgbench_n_best';

const side = (name: Side) => (repetition: Repetition) =>
  name === 'pgbench_n_best' ? bestOfN(repetition) : repetition[name];

/** key: what is divided, by what. Rates. */
const RATIOS = {
  single_32_vs_pgbench_n: ['single_32', 'pgbench_n_32_single'],
  service_32_vs_pgbench_n: ['service_32', 'pgbench_n_32_service'],
  service_1024_vs_pgbench_n: ['service_1024', 'pgbench_n_best'],
  confirm_32_vs_pgbench_n: ['confirm_32', 'pgbench_n_32_service'],
  confirm_1024_vs_pgbench_n: ['confirm_1024', 'pgbench_n_best'],
  hot_vs_uniform: ['service_hot_32', 'service_32'],
  single_32_vs_row_per_leg: ['single_32', 'row_per_leg_32'],
  service_32_vs_row_per_leg: ['service_32', 'row_per_leg_32'],
  service_hot_32_vs_row_per_leg_hot: ['service_hot_32', 'row_per_leg_hot_32'],
  service_32_vs_orm: ['service_32', 'orm_32'],
} as const satisfies Record<string, readonly [Side, Side]>;

/** The server's processor time of the second over the first's: how many times cheaper the first is. */
const CPU_RATIOS = {
  single_32_cpu_gain: ['pgbench_n_32_single', 'single_32'],
  service_32_cpu_gain: ['pgbench_n_32_service', 'service_32'],
  service_1024_cpu_gain: ['pgbench_n_best', 'service_1024'],
  service_32_cpu_gain_on_row_per_leg: ['row_per_leg_32', 'service_32'],
  service_32_cpu_gain_on_orm: ['orm_32', 'service_32'],
} as const satisfies Record<string, readonly [Side, Side]>;

/** Figures of the repetitions by key: ratios inside a repetition, then raw rates and costs; null where not measured. */
export function figuresOf(repetitions: readonly Repetition[]): Record<string, number | null> {
  const middle = (name: Side, pick: (cell: Measurement) => number | undefined): number | null =>
    rounded(
      median(
        repetitions.flatMap((repetition) => {
          const cell = side(name)(repetition);
          const value = cell && pick(cell);
          return value === undefined ? [] : [value];
        }),
      ),
    );
  const ratios = (
    table: Readonly<Record<string, readonly [Side, Side]>>,
    pick: (cell: Measurement) => number | undefined,
  ) =>
    Object.entries(table).map(([key, [above, below]]) => {
      const of = (name: Side) => (repetition: Repetition) => {
        const cell = side(name)(repetition);
        return cell && pick(cell);
      };
      return [key, rounded(medianRatio(repetitions, of(above), of(below)))] as const;
    });
  const cpu = (name: Side) => middle(name, (cell) => cell.cpuUs);
  return {
    ...Object.fromEntries(ratios(RATIOS, (cell) => cell.perSecond)),
    cpu_us_per_posting_1024: cpu('service_1024'),
    cpu_us_per_confirmation_1024: cpu('confirm_1024'),
    cpu_us_per_posting_32: cpu('service_32'),
    cpu_us_per_posting_single_32: cpu('single_32'),
    cpu_us_per_pgbench_n: cpu('pgbench_n_best'),
    cpu_us_per_row_per_leg: cpu('row_per_leg_32'),
    cpu_us_per_orm: cpu('orm_32'),
    ...Object.fromEntries(ratios(CPU_RATIOS, (cell) => cell.cpuUs)),
    node_cpu_us_per_posting_1024: middle('service_1024', (cell) => cell.driverCpuUs),
    ...rawFigures(middle),
  };
}

/** Names in the figures of what is told raw: rate, p50 and p99, WAL. */
const RAW: Readonly<Record<string, Side>> = {
  single_32: 'single_32',
  service_1: 'service_1',
  service_32: 'service_32',
  service_1024: 'service_1024',
  service_hot_32: 'service_hot_32',
  confirm_32: 'confirm_32',
  confirm_1024: 'confirm_1024',
  pgbench_n_32: 'pgbench_n_32_service',
  pgbench_n_best: 'pgbench_n_best',
  row_per_leg_32: 'row_per_leg_32',
  row_per_leg_hot_32: 'row_per_leg_hot_32',
  orm_32: 'orm_32',
};

function rawFigures(
  middle: (name: Side, pick: (cell: Measurement) => number | undefined) => number | null,
): Record<string, number | null> {
  const lines = Object.entries(RAW).flatMap(([name, cell]) => [
    [`${name}_tps`, middle(cell, (each) => each.perSecond)] as const,
    [`${name}_p50_ms`, middle(cell, (each) => each.p50Ms)] as const,
    [`${name}_p99_ms`, middle(cell, (each) => each.p99Ms)] as const,
    [`${name}_wal_bytes`, middle(cell, (each) => each.walBytes)] as const,
  ]);
  return Object.fromEntries(lines);
}

/** The smallest and the largest of a ratio's repetitions: how far a median may be trusted. */
export function spreadOf(repetitions: readonly Repetition[]): Record<string, string> {
  const lines = Object.entries(RATIOS).map(([key, [above, below]]) => {
    const found = repetitions.flatMap((repetition) => {
      const [top, bottom] = [side(above)(repetition), side(below)(repetition)];
      return top && bottom ? [top.perSecond / bottom.perSecond] : [];
    });
    const ends = [Math.min(...found), Math.max(...found)].map((end) => end.toFixed(2));
    return [key, found.length === 0 ? 'not measured' : ends.join('–')] as const;
  });
  return Object.fromEntries(lines);
}

/** Whom the load generator drives without pgbench: what these lack, the system did not tell. */
const OURS =
  /^(service|confirm|orm|node|hot|load|bytes|cpu_us_per_(posting_(32|1024)|confirmation|orm))/;

/** Why a figure is null, by its key. */
export function reasonsOf(
  figures: Readonly<Record<string, number | null>>,
  known: { readonly hasPgbench: boolean; readonly bankCore: string },
): Record<string, string> {
  const isOurs = (key: string) =>
    OURS.test(key) && !/pgbench|row_per_leg|1024_cpu_gain$|32_cpu_gain$/.test(key);
  const reason = (key: string): string => {
    if (key === 'bank_core_resident_mb') return known.bankCore;
    if (known.hasPgbench || isOurs(key)) return 'no /proc on this system';
    return HOW_TO_INSTALL;
  };
  const missing = Object.keys(figures).filter((key) => figures[key] === null);
  return Object.fromEntries(missing.map((key) => [key, reason(key)]));
}
