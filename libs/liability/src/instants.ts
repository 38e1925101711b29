import type { Instant } from '#libs/kernel';

const INSTANT_MAX = 253_402_268_399_999;

/** A whole number of milliseconds within the years that a civil date can have. */
export const isInstant = (at: Instant): boolean =>
  Number.isInteger(at) && at >= 0 && at <= INSTANT_MAX;
