import type { Instant } from '#libs/kernel';

/** What this node counted of one intermediary at one institution in one hour. */
export interface Tally {
  readonly bankCode: string;
  readonly epspId: string;
  readonly hour: Instant;
  readonly calls: number;
  readonly faults: number;
}

/** One answered call, as log and figures tell it. */
export interface TalliedCall {
  readonly institution?: string | undefined;
  readonly intermediary?: string | undefined;
  readonly fault: string;
}

const HOUR_MS = 3_600_000;
/** Of an hour that is over the last count is told for a while, in case that nobody heard it. */
const KEPT_MS = 2 * HOUR_MS;

/**
 * Counts calls by whose they are and whether they failed by their fault, hour by hour since this process began. What is
 * told again is told with a higher number, so that nothing is counted twice. Nothing personal is in it (T-30).
 */
export class CallTally {
  private readonly counts = new Map<string, Tally & { calls: number; faults: number }>();

  /** A call of nobody known, or of no institution, is not counted: it is nobody's rate. */
  add({ institution, intermediary, fault }: TalliedCall, now: Instant): void {
    if (institution === undefined || intermediary === undefined) return;
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
    const key = `${hour} ${institution} ${intermediary}`;
    const known = this.counts.get(key) ?? {
      bankCode: institution,
      epspId: intermediary,
      hour,
      calls: 0,
      faults: 0,
    };
    known.calls += 1;
    if (fault === 'intermediary' || fault === 'partner') known.faults += 1;
    this.counts.set(key, known);
  }

  /** Everything of this hour and the last; older counts are forgotten. */
  told(now: Instant): readonly Tally[] {
    for (const [key, { hour }] of this.counts) if (hour <= now - KEPT_MS) this.counts.delete(key);
    return [...this.counts.values()].map((tally) => ({ ...tally }));
  }
}
