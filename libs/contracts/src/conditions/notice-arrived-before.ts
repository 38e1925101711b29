import type { Instant } from '#libs/kernel';

const HOUR_MS = 3_600_000;

/**
 * True where the notice arrived strictly before the effect and at least `leadHours` before it.
 * A notice that arrives in the instant of the effect is too late. Source: RKN-S4c, RKN-C2b, INT-11.
 */
export const noticeArrivedBefore = (
  arrivedAt: Instant | undefined,
  effectiveAt: Instant,
  leadHours: number,
): boolean =>
  arrivedAt !== undefined &&
  arrivedAt < effectiveAt &&
  effectiveAt - arrivedAt >= leadHours * HOUR_MS;

/** The first instant at which an effect may follow a notice that arrived at `arrivedAt`. */
export const earliestEffect = (arrivedAt: Instant, leadHours: number): Instant =>
  Math.max(arrivedAt + leadHours * HOUR_MS, arrivedAt + 1);
