import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';

/** How long events are kept, for replay and for whoever polls. */
export const KEPT_DAYS = 90;
export const REPLAY_DAYS_MAX = 31;
const DAY_MS = 86_400_000;

/** Whether a period may be replayed: ordered, within what is kept, not too long. */
export function decideReplay(
  from: Instant,
  to: Instant,
  now: Instant,
): Result<void, Refusal<'replay_period_invalid'>> {
  const isOrdered = from < to;
  const isKept = from >= now - KEPT_DAYS * DAY_MS;
  const isBounded = to - from <= REPLAY_DAYS_MAX * DAY_MS;
  return isOrdered && isKept && isBounded ? accepted(undefined) : refused('replay_period_invalid');
}
