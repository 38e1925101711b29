import type { Instant } from '#libs/kernel';

/** For how long calls are added up, in milliseconds. */
export const SPANS = { minute: 60_000, hour: 3_600_000 } as const;
export type Span = keyof typeof SPANS;
const SPAN_NAMES = ['minute', 'hour'] as const satisfies readonly Span[];

/** One answered call, as log and figures tell it: names of parties and places only (T-30). */
export interface EndedCall {
  readonly institution?: string | undefined;
  readonly intermediary?: string | undefined;
  /** 0 where the caller went away before its answer. */
  readonly status: number;
  readonly code?: string | undefined;
  readonly fault: string;
  readonly ms: number;
}

/** What one process counted: absolute numbers, so that a row that is written again is not counted again. */
export interface CallCount {
  readonly span: Span;
  readonly beganAt: Instant;
  readonly epspId: string;
  /** Empty: no institution. */
  readonly bankCode: string;
  /** Empty: answered. */
  readonly code: string;
  readonly fault: string;
  readonly calls: number;
  readonly totalMs: number;
  /** Calls per class of duration; the last class is above every bound. */
  readonly buckets: readonly number[];
}

type Kept = { -readonly [Key in keyof CallCount]: CallCount[Key] } & {
  buckets: number[];
  stored: number;
};

type Named = Pick<CallCount, 'span' | 'beganAt' | 'epspId' | 'bankCode' | 'code' | 'fault'>;

const KEYS_MAX = 20_000;

/**
 * Adds up calls minute by minute and hour by hour since this process began. What could not be stored is kept and
 * stored with the next round; memory is bounded, and what finds no room is counted as `dropped`.
 */
export class CallCounts {
  private readonly kept = new Map<string, Kept>();
  dropped = 0;

  /** `boundsMs`: the upper bounds of the classes of duration, rising. */
  constructor(private readonly boundsMs: readonly number[]) {}

  /** A call of nobody known is nobody's figure. */
  add(call: EndedCall, now: Instant): void {
    if (call.intermediary === undefined) return;
    const code = codeOf(call);
    const { intermediary: epspId, institution: bankCode = '', fault, ms } = call;
    const above = this.boundsMs.findIndex((bound) => ms <= bound);
    const nth = above === -1 ? this.boundsMs.length : above;
    for (const span of SPAN_NAMES) {
      const beganAt = Math.floor(now / SPANS[span]) * SPANS[span];
      const named = { span, beganAt, epspId, bankCode, code, fault };
      const key = keyOf(named);
      const count = this.kept.get(key) ?? this.begin(key, named);
      if (!count) continue;
      count.calls += 1;
      count.totalMs += ms;
      count.buckets[nth] = (count.buckets[nth] ?? 0) + 1;
    }
  }

  /** What has changed since it was stored, up to `max` of it. */
  unstored(max: number): readonly CallCount[] {
    const changed: CallCount[] = [];
    for (const count of this.kept.values())
      if (count.calls > count.stored && changed.push(snapshotOf(count)) >= max) break;
    return changed;
  }

  /** They lie in the store now; a span that is over is forgotten with that. */
  stored(counts: readonly CallCount[], now: Instant): void {
    for (const count of counts) {
      const kept = this.kept.get(keyOf(count));
      if (kept) kept.stored = count.calls;
    }
    for (const [key, { span, beganAt, calls, stored }] of this.kept)
      if (calls === stored && beganAt + SPANS[span] <= now) this.kept.delete(key);
  }

  private begin(key: string, named: Named): Kept | undefined {
    if (this.kept.size >= KEYS_MAX) {
      this.dropped += 1;
      return undefined;
    }
    const buckets = Array.from({ length: this.boundsMs.length + 1 }, () => 0);
    const count: Kept = { ...named, calls: 0, totalMs: 0, buckets, stored: 0 };
    this.kept.set(key, count);
    return count;
  }
}

const keyOf = ({ span, beganAt, epspId, bankCode, code, fault }: Named): string =>
  `${span} ${beganAt} ${epspId} ${bankCode} ${code} ${fault}`;

const snapshotOf = ({ stored: _stored, buckets, ...count }: Kept): CallCount => ({
  ...count,
  buckets: [...buckets],
});

/** The refusal's own code; where there is none, what the status says. Empty for an answer. */
function codeOf({ code, status }: EndedCall): string {
  if (status >= 200 && status < 400) return '';
  return code ?? (status === 0 ? 'caller_gone' : `status_${status}`);
}
