import { median, rounded } from '../ledger/arithmetic.js';

/** Processor time per request of one repetition, in microseconds, each cell measured close to the others. */
export interface Repetition {
  /** (a) Node's own HTTP server. */
  readonly bare?: number;
  /** (b) The bare Nest route over TLS with its call to bank-core. */
  readonly route?: number;
  /** (c) The protected read, its token bound to the connection's certificate. */
  readonly mtls?: number;
  /** (d) The protected read with a fresh DPoP proof each time. */
  readonly dpop?: number;
  /** (d) over two processes of the gateway on one database, both counted. */
  readonly twoProcesses?: number;
  /** One token by client credentials, from us and from the library alone. */
  readonly token?: number;
  readonly bareToken?: number;
  /** One native ES256 verification. */
  readonly verify?: number;
  /** What PostgreSQL used besides, where it serves the cell. */
  readonly mtlsDatabase?: number;
  readonly dpopDatabase?: number;
  readonly twoProcessesDatabase?: number;
  readonly tokenDatabase?: number;
}

export type CostName = keyof Repetition;
export type CellName = Exclude<CostName, 'verify' | `${string}Database`>;

/** A quotient of differences; undefined where any part was not measured. */
const over = (
  top: number | undefined,
  less: number | undefined,
  below: number | undefined,
): number | undefined =>
  top === undefined || less === undefined || !below ? undefined : (top - less) / below;

const ratios = {
  mtls_overhead_vs_bare: ({ mtls, route, bare }: Repetition) => over(mtls, route, bare),
  dpop_overhead_vs_verify: ({ dpop, route, verify }: Repetition) => over(dpop, route, verify),
  token_vs_bare_provider: ({ token, bareToken }: Repetition) => over(token, 0, bareToken),
  two_processes_cpu_ratio: ({ twoProcesses, dpop }: Repetition) => over(twoProcesses, 0, dpop),
} as const;

const costs = {
  bare_us: 'bare',
  route_us: 'route',
  mtls_us: 'mtls',
  dpop_us: 'dpop',
  es256_verify_us: 'verify',
  token_us: 'token',
  bare_provider_token_us: 'bareToken',
  mtls_db_us: 'mtlsDatabase',
  dpop_db_us: 'dpopDatabase',
  two_processes_db_us: 'twoProcessesDatabase',
  token_db_us: 'tokenDatabase',
} as const satisfies Record<string, CostName>;

export type Figures = Readonly<Record<string, number | null>>;

/**
 * Medians over the repetitions: of the costs, and of the ratios inside each repetition, so that what slowed
 * one repetition slowed both sides of its ratios.
 */
export function figuresOf(repetitions: readonly Repetition[]): Figures {
  const middle = (pick: (repetition: Repetition) => number | undefined): number | null =>
    rounded(median(repetitions.map(pick).filter((value) => value !== undefined)));
  return {
    ...mapped(costs, (cell) => middle((repetition) => repetition[cell])),
    ...mapped(ratios, middle),
  };
}

/** Smallest and largest of each figure, so that a reader sees how steady the machine was. */
export function spreadOf(
  repetitions: readonly Repetition[],
): Readonly<Record<string, readonly [number | null, number | null]>> {
  const ends = (pick: (repetition: Repetition) => number | undefined) => {
    const values = repetitions.map(pick).filter((value) => value !== undefined);
    return [rounded(Math.min(...values)), rounded(Math.max(...values))] as const;
  };
  return {
    ...mapped(costs, (cell) => ends((repetition) => repetition[cell])),
    ...mapped(ratios, ends),
  };
}

const mapped = <Value, Result>(
  members: Readonly<Record<string, Value>>,
  by: (value: Value) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(members).map(([key, value]) => [key, by(value)]));
