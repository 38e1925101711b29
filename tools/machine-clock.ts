import type { Instant } from '#libs/kernel';

/** The clock of this machine. Tools that mint certificates or wait have no database to ask. */
export const machineNow = (): Instant => Date.now();

/** Milliseconds since `since`, measured by the monotonic clock; pass the result of `stopwatch()`. */
export const elapsedMs = (since: number): number => performance.now() - since;

export const stopwatch = (): number => performance.now();

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
