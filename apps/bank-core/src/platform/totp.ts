import type { Instant } from '#libs/kernel';

/** The time steps that may match at `now`, newest last. `window` steps either way (P.sm.otp.window). */
export function stepsAround(now: Instant, stepSeconds: number, window: number): number[] {
  const current = Math.floor(now / 1000 / stepSeconds);
  return Array.from({ length: 2 * window + 1 }, (_, i) => current - window + i);
}
