import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { OutageRefusal } from './outage.refusals.js';

/** House rule (users.md C.6): a planned window is announced this many days before it starts. */
export const NOTICE_DAYS_MIN = 7;
const DAY_MS = 86_400_000;

/** Whether a planned outage may be entered now. Refuses in this order: its ends, then the notice. */
export function decidePlan(
  startsAt: Instant,
  endsAt: Instant,
  now: Instant,
): Result<void, Refusal<OutageRefusal>> {
  if (endsAt <= startsAt) return refused('outage_ends_before_it_starts');
  if (startsAt - now < NOTICE_DAYS_MIN * DAY_MS) return refused('outage_notice_too_short');
  return accepted(undefined);
}
