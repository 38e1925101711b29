import type { Instant } from '#libs/kernel';

/** Counts added up over processes; `beganAt` where they are of one span, `code` where of one refusal. */
export interface SummedCount {
  readonly beganAt: Instant | undefined;
  readonly bankCode: string | undefined;
  readonly code: string | undefined;
  readonly fault: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly buckets: readonly number[];
}

/** As `fault-owner.ts` tells whose a failure was; `nobody`: answered, or refused as agreed. */
export interface Faults {
  readonly nobody: number;
  readonly gateway: number;
  readonly bankCore: number;
  readonly intermediary: number;
  readonly partner: number;
}

/** Milliseconds from a request's head to the end of its answer; a percentile is an upper bound, null above all. */
export interface Latency {
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export interface Figures {
  readonly calls: number;
  readonly faults: Faults;
  /** The intermediary's and its partners': what the bank counts of it (RKN-S3b). */
  readonly ownFaults: number;
  readonly latency: Latency;
}

export function figuresOf(counts: readonly SummedCount[], boundsMs: readonly number[]): Figures {
  const sumOf = (of: (count: SummedCount) => number) =>
    counts.reduce((sum, count) => sum + of(count), 0);
  const by = (fault: string) => sumOf((count) => (count.fault === fault ? count.calls : 0));
  const calls = sumOf((count) => count.calls);
  const buckets = [...boundsMs, Infinity].map((_, nth) =>
    sumOf((count) => count.buckets[nth] ?? 0),
  );
  const percentile = (share: number) => percentileMs(buckets, boundsMs, share);
  const faults = {
    nobody: by('nobody'),
    gateway: by('gateway'),
    bankCore: by('bank_core'),
    intermediary: by('intermediary'),
    partner: by('partner'),
  };
  return {
    calls,
    faults,
    ownFaults: faults.intermediary + faults.partner,
    latency: {
      meanMs: calls === 0 ? null : Math.round((sumOf(({ totalMs }) => totalMs) / calls) * 10) / 10,
      p50Ms: percentile(0.5),
      p95Ms: percentile(0.95),
      p99Ms: percentile(0.99),
    },
  };
}

/** The bound of the class in which the share is reached; null where there is none, or nothing was counted. */
export function percentileMs(
  buckets: readonly number[],
  boundsMs: readonly number[],
  share: number,
): number | null {
  const all = buckets.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [nth, bound] of boundsMs.entries()) {
    seen += buckets[nth] ?? 0;
    if (all > 0 && seen >= all * share) return bound;
  }
  return null;
}
