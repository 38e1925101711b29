/** What became of one attempt to deliver. */
export type AttemptOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds?: number }
  /** No answer that could be read; `code` as the way out names it (T-13). */
  | { readonly kind: 'unanswered'; readonly code: string }
  /** Not sent: none of the endpoint's keys opens, and nothing leaves without a signature (T-22). */
  | { readonly kind: 'unsigned' };

export type AttemptDecision =
  | { readonly next: 'delivered' }
  | { readonly next: 'again'; readonly inMs: number; readonly slowMs: number }
  | { readonly next: 'failed' }
  /** The endpoint is gone, may not be called, or nobody can sign for it: nothing more is sent to it. */
  | {
      readonly next: 'disable';
      readonly reason: 'endpoint_gone' | 'endpoint_refused' | 'signing_key_lost';
    };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The wait before each attempt after the first. Source: Standard Webhooks 1.0.0, users.md D.6. */
export const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

export const ATTEMPTS_MAX = WAITS_MS.length + 1;

/** A tenth up or down, so that what failed together does not come back together. */
const JITTER = 0.1;
/** What an endpoint that asks for room is given where it does not say how much. */
const ROOM_MS = MINUTE;
const ROOM_MS_MAX = HOUR;
const ASKS_FOR_ROOM = new Set([429, 502, 503, 504]);
const NEVER_CALLED = new Set(['outbound_address_refused', 'outbound_url_refused']);

/**
 * What follows an attempt, the `number`-th since 1: 2xx is delivered, 410 ends the endpoint, an address
 * that may not be called and a lost key do too; 429, 502, 503 and 504 slow it down; everything else, a redirect
 * included, comes again until the attempts are used up. `random` is in [0, 1).
 */
export function decideAttempt(
  outcome: AttemptOutcome,
  number: number,
  random: number,
): AttemptDecision {
  if (outcome.kind === 'unsigned') return { next: 'disable', reason: 'signing_key_lost' };
  if (outcome.kind === 'answered') {
    const { status } = outcome;
    if (status >= 200 && status < 300) return { next: 'delivered' };
    if (status === 410) return { next: 'disable', reason: 'endpoint_gone' };
  } else if (NEVER_CALLED.has(outcome.code)) {
    return { next: 'disable', reason: 'endpoint_refused' };
  }
  const wait = WAITS_MS[number - 1];
  if (wait === undefined) return { next: 'failed' };
  const slowMs = roomFor(outcome);
  const inMs = Math.round(wait * (1 - JITTER + 2 * JITTER * random));
  return { next: 'again', inMs: Math.max(inMs, slowMs), slowMs };
}

function roomFor(outcome: AttemptOutcome): number {
  if (outcome.kind !== 'answered' || !ASKS_FOR_ROOM.has(outcome.status)) return 0;
  const asked = (outcome.retryAfterSeconds ?? 0) * SECOND;
  return Math.min(ROOM_MS_MAX, Math.max(ROOM_MS, asked));
}
