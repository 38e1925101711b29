import type { Instant } from '#libs/kernel';

/** House rules of T-16: beyond this many different ids in the window a source is slowed. */
export const SOURCE_WINDOW_MS = 10 * 60_000;
const IDS_FREE_MAX = 10;
const PAUSE_MAX_MS = 30_000;

/** What a source has failed on lately. */
export interface SourceFailures {
  readonly differentIds: number;
  readonly lastFailureAt: Instant | undefined;
}

/**
 * Milliseconds that the source must still wait, 0 when it may try. The pause doubles with every further
 * id up to 30 s. One person who errs on one id is never slowed: SM-9.2 counts that. Source: T-16.
 */
export function pauseOf(failures: SourceFailures, now: Instant): number {
  const beyond = failures.differentIds - IDS_FREE_MAX;
  if (beyond < 0 || failures.lastFailureAt === undefined) return 0;
  const pause = Math.min(PAUSE_MAX_MS, 1000 * 2 ** Math.min(beyond, 5));
  return Math.max(0, failures.lastFailureAt + pause - now);
}
