/** What one series did: commits that were acknowledged, never requests that were accepted. */
export interface Rate {
  readonly committed: number;
  readonly perSecond: number;
  readonly p50Ms: number | undefined;
  readonly p99Ms: number | undefined;
  /** Microseconds of the driving process per commit, where it is ours. */
  readonly driverCpuUs?: number;
}
