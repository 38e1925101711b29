import type { OutageView } from '#libs/bank-core-client';
import type { Instant } from '#libs/kernel';

interface Window {
  /** bank-core has said that it has begun, by bank time. */
  readonly isRunning: boolean;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly functions: readonly string[];
}

/** When it is asked: by the clock of this host, which is not bank time, and whether bank-core answers at present. */
export interface Asked {
  readonly now: Instant;
  readonly isHeard: boolean;
}

/** The windows in which institutions do not serve, as they were announced. Pure. */
export class PlannedWindows {
  private readonly windows = new Map<string, Window[]>();

  /** Incidents have no end that anybody knows, and what was called off or ended early is none. */
  constructor(outages: readonly OutageView[]) {
    for (const { bankCode, kind, state, functions, startsAt, endsAt } of outages) {
      if (kind !== 'planned' || endsAt === null || state === 'over' || state === 'cancelled')
        continue;
      const window = {
        isRunning: state === 'running',
        startsAt: Date.parse(startsAt),
        endsAt: Date.parse(endsAt),
        functions,
      };
      this.windows.set(bankCode, [...(this.windows.get(bankCode) ?? []), window]);
    }
  }

  /**
   * Until when this institution does not serve this function; of several windows the last end. Undefined: none is open.
   */
  until(bankCode: string, fn: string, asked: Asked): Instant | undefined {
    let until: Instant | undefined;
    for (const window of this.windows.get(bankCode) ?? []) {
      const { functions, endsAt } = window;
      const concerns = functions.length === 0 || functions.includes(fn);
      if (concerns && isOpen(window, asked)) until = Math.max(until ?? endsAt, endsAt);
    }
    return until;
  }
}

/**
 * What bank-core calls running has begun and is not over while it says so, whatever this host's clock shows. The host's
 * time judges what bank-core does not tell at the moment: the beginning of what is still called planned, and the end
 * where nobody answers. A window begins with its first millisecond and is over with its end.
 */
function isOpen({ isRunning, startsAt, endsAt }: Window, { now, isHeard }: Asked): boolean {
  if (isRunning && isHeard) return true;
  return (isRunning || now >= startsAt) && now < endsAt;
}
