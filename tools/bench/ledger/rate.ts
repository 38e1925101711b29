/** What one series did: commits that were acknowledged, never requests that were accepted. */
export interface Rate {
  /** Of the whole series: as many must be in the database. */
  readonly committed: number;
  /** Between the two marks, as the rate, the latencies and the processor time are. */
  readonly committedWarm: number;
  readonly perSecond: number;
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
  /** Microseconds of the driving process per commit, where it is ours. */
  readonly driverCpuUs?: number;
}

/** Called by a series: connections, plans and caches are warm from now on; and what is measured ends here. */
export interface Marks {
  warm(): void;
  /** May be called more than once; the last one counts. */
  over(): void;
}

/** Nobody measures the first second: in it 32 backends start, plan and read. */
export const WARMING_S = 1;
