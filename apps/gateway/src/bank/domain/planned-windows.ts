import type { OutageView } from '#libs/bank-core-client';
import type { Instant } from '#libs/kernel';

interface Window {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly functions: readonly string[];
}

/** The windows in which institutions do not serve, as they were announced. Pure. */
export class PlannedWindows {
  private readonly windows = new Map<string, Window[]>();

  /** Incidents have no end that anybody knows, and what was called off or ended early is none. */
  constructor(outages: readonly OutageView[]) {
    for (const { bankCode, kind, state, functions, startsAt, endsAt } of outages) {
      if (kind !== 'planned' || endsAt === null || state === 'over' || state === 'cancelled')
        continue;
      const window = { startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt), functions };
      this.windows.set(bankCode, [...(this.windows.get(bankCode) ?? []), window]);
    }
  }

  /**
   * Until when this institution does not serve this function; of several windows the last end. Undefined: none is open.
   * A window begins with its first millisecond and is over with its end.
   */
  until(bankCode: string, fn: string, now: Instant): Instant | undefined {
    let until: Instant | undefined;
    for (const { startsAt, endsAt, functions } of this.windows.get(bankCode) ?? []) {
      const concerns = functions.length === 0 || functions.includes(fn);
      if (!concerns || now < startsAt || now >= endsAt) continue;
      until = Math.max(until ?? endsAt, endsAt);
    }
    return until;
  }
}
