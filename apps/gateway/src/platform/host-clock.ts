import type { Clock, Instant } from '#libs/kernel';

/**
 * The gateway's clock. Tokens, codes and proofs carry this host's UTC, because oidc-provider writes and
 * judges them so; whoever judges one of them beside the library has to read the same clock. Bank dates
 * and bank time are bank-core's and never come from here.
 */
export class HostClock implements Clock {
  now(): Promise<Instant> {
    return Promise.resolve(Date.now());
  }

  /** The same without waiting, for the hot path. */
  read(): Instant {
    return Date.now();
  }

  /** Seconds since 1970, as `iat` and `exp` count. */
  seconds(): number {
    return Math.floor(Date.now() / 1000);
  }

  /** Milliseconds on a clock that never jumps: leases are measured with it. */
  monotonic(): number {
    return performance.now();
  }
}
