/** How many units a key may use in one window; windows begin at fixed moments for everybody. */
export interface RatePolicy {
  /** As `RateLimit-Policy` and `violated-policies` call it. */
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
  /** Seconds by which windows begin before multiples of their length: nine hours make a day of Japan. */
  readonly offsetSeconds?: number;
  /** The clause of the measure that set it; without one it is a house rule. */
  readonly clause?: string;
}

/** What one call uses up: one unit of `policy` for `id`. */
export interface RateClaim {
  readonly policy: RatePolicy;
  readonly id: string;
}

/** How one policy stands after a call. */
export interface RateStanding {
  readonly policy: RatePolicy;
  readonly remaining: number;
  /** Seconds until the window ends and the whole quota is there again. */
  readonly resetSeconds: number;
  readonly isKept: boolean;
}

export const DAY_SECONDS = 86_400;
/** Midnight in Japan: users.md D.6. */
export const JAPAN_OFFSET_SECONDS = 9 * 3_600;

/** Number of the window at `seconds` since 1970. */
export const windowAt = (policy: RatePolicy, seconds: number): number =>
  Math.floor((seconds + (policy.offsetSeconds ?? 0)) / policy.windowSeconds);

/** Seconds since 1970 at which window `nth` ends. */
export const windowEnd = (policy: RatePolicy, nth: number): number =>
  (nth + 1) * policy.windowSeconds - (policy.offsetSeconds ?? 0);

/** `RateLimit-Policy`, `RateLimit` and, where a policy is broken, `Retry-After` (draft 11 section 3 and 4). */
export function rateHeaders(standings: readonly RateStanding[]): Readonly<Record<string, string>> {
  if (standings.length === 0) return {};
  const broken = standings.filter(({ isKept }) => !isKept);
  return {
    'ratelimit-policy': standings
      .map(({ policy }) => `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`)
      .join(', '),
    ratelimit: standings
      .map(
        ({ policy, remaining, resetSeconds }) =>
          `"${policy.name}";r=${remaining};t=${resetSeconds}`,
      )
      .join(', '),
    ...(broken.length > 0
      ? { 'retry-after': String(Math.max(...broken.map(({ resetSeconds }) => resetSeconds))) }
      : {}),
  };
}
