import type { Instant } from '#libs/kernel';

const MINUTE_MS = 60_000;

/** How long after each failed attempt the next one comes; together a little more than three days. */
const PAUSES_MINUTES = [1, 5, 15, 60, 240, 720, 1_440, 1_920] as const;

/** When to try again after the `attempts`-th failure; `undefined` gives it up, for an officer to see. */
export function nextAttempt(attempts: number, now: Instant): Instant | undefined {
  const minutes = PAUSES_MINUTES[attempts - 1];
  return minutes === undefined ? undefined : now + minutes * MINUTE_MS;
}
