import type { RateFacts } from './access.js';

export const WINDOW_SECONDS = 60;

interface Count {
  window: number;
  calls: number;
}

/** Calls per client and minute, counted by one process for itself. Pure but for its own memory. */
export class RateWindow {
  private readonly counts = new Map<string, Count>();

  constructor(private readonly limit: number) {}

  /** Counts one call at `seconds` since 1970 and says whether it is within the limit. */
  count(clientId: string, seconds: number): RateFacts {
    const window = Math.floor(seconds / WINDOW_SECONDS);
    const count = this.counts.get(clientId);
    const calls = count?.window === window ? count.calls + 1 : 1;
    this.counts.set(clientId, { window, calls });
    return {
      limit: this.limit,
      remaining: Math.max(0, this.limit - calls),
      resetSeconds: WINDOW_SECONDS - (seconds % WINDOW_SECONDS),
      isKept: calls <= this.limit,
    };
  }
}
