/** What became of one attempt to deliver. */
export type AttemptOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds?: number }
  /** No answer that could be read; `code` as the way out names it (T-13). */
  | { readonly kind: 'unanswered'; readonly code: string }
  /**
   * Not sent: this process opens none of the endpoint's keys, and nothing leaves without a signature (T-22). `forMs`:
   * how long that has been so of this message, whoever took it.
   */
  | { readonly kind: 'unsigned'; readonly forMs: number };

export type AttemptDecision =
  | { readonly next: 'delivered' }
  | { readonly next: 'again'; readonly inMs: number; readonly slowMs: number }
  /** Nothing was attempted: whoever can sign takes it. */
  | { readonly next: 'given_back'; readonly inMs: number }
  | { readonly next: 'failed'; readonly reason: 'endpoint_unreachable' | 'signing_key_lost' }
  /** The endpoint is gone, or may not be called: nothing more is sent to it. */
  | { readonly next: 'disable'; readonly reason: 'endpoint_gone' | 'endpoint_refused' };

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
/** From the first attempt to the last, and as long is waited for somebody who can sign. */
export const GIVE_UP_MS = WAITS_MS.reduce((sum, wait) => sum + wait, 0);

/** A tenth up or down, so that what failed together does not come back together. */
const JITTER = 0.1;
/** What an endpoint is given that asks for room and does not say how much, or that stays silent. */
const ROOM_MS = MINUTE;
const ROOM_MS_MAX = HOUR;
const ASKS_FOR_ROOM = new Set([429, 502, 503, 504]);
/** It held a sender for as long as anybody waits, and the next ones would as well. A refused connection holds none. */
const HELD_A_SENDER = 'outbound_timed_out';
const NEVER_CALLED = new Set(['outbound_address_refused', 'outbound_url_refused']);

/**
 * What follows an attempt, the `number`-th since 1: 2xx is delivered, 410 ends the endpoint, an address
 * that may not be called does too; 429, 502, 503, 504 and silence slow it down; everything else, a redirect included,
 * comes again until the attempts are used up. What could not be signed was no attempt: one process without a key
 * says nothing of the others (docs/keys.md), so that it fails only where nobody signed for as long as all attempts
 * take. `random` is in [0, 1).
 */
export function decideAttempt(
  outcome: AttemptOutcome,
  number: number,
  random: number,
): AttemptDecision {
  if (outcome.kind === 'unsigned') {
    if (outcome.forMs >= GIVE_UP_MS) return { next: 'failed', reason: 'signing_key_lost' };
    return { next: 'given_back', inMs: jittered(WAITS_MS[0], random) };
  }
  if (outcome.kind === 'answered') {
    const { status } = outcome;
    if (status >= 200 && status < 300) return { next: 'delivered' };
    if (status === 410) return { next: 'disable', reason: 'endpoint_gone' };
  } else if (NEVER_CALLED.has(outcome.code)) {
    return { next: 'disable', reason: 'endpoint_refused' };
  }
  const wait = WAITS_MS[number - 1];
  if (wait === undefined) return { next: 'failed', reason: 'endpoint_unreachable' };
  const slowMs = roomFor(outcome);
  return { next: 'again', inMs: Math.max(jittered(wait, random), slowMs), slowMs };
}

const jittered = (ms: number, random: number): number =>
  Math.round(ms * (1 - JITTER + 2 * JITTER * random));

function roomFor(outcome: AttemptOutcome): number {
  if (outcome.kind === 'unanswered') return outcome.code === HELD_A_SENDER ? ROOM_MS : 0;
  if (outcome.kind !== 'answered' || !ASKS_FOR_ROOM.has(outcome.status)) return 0;
  const asked = (outcome.retryAfterSeconds ?? 0) * SECOND;
  return Math.min(ROOM_MS_MAX, Math.max(ROOM_MS, asked));
}
