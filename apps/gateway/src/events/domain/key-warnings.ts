import type { Instant } from '#libs/kernel';

/** Days before the end on which the owner is warned, the last first. */
const DAYS = [1, 7, 30] as const;
const DAY_MS = 86_400_000;

/** Which warning is due for what ends at `goodUntil`; of several that were missed only the most urgent. */
export function warningOf(goodUntil: Instant, now: Instant): number | undefined {
  if (goodUntil <= now) return undefined;
  return DAYS.find((days) => goodUntil - now <= days * DAY_MS);
}
