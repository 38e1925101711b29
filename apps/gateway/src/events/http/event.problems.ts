import type { Refusal } from '#libs/kernel';
import {
  idempotencySentences,
  idempotencyStatuses,
  platformProblem,
  Problem,
  problemOf,
  type IdempotencyRefusal,
} from '#libs/platform';
import { eventSentences, type EventRefusal } from '../domain/event.refusals.js';

export const eventStatuses: Readonly<Record<EventRefusal, number>> = {
  webhook_url_refused: 422,
  subscription_exists: 409,
  too_many_subscriptions: 409,
  subscription_disabled: 409,
  delivery_waiting: 409,
  replay_period_invalid: 422,
  event_unknown: 422,
  earlier_answer_lost: 409,
  list_cursor_invalid: 400,
};

const RETRY_SECONDS = 1;
const isOfTheKey = (code: string): code is IdempotencyRefusal =>
  Object.hasOwn(idempotencySentences, code);

/** Another software's object answers as if it were not there. */
export function eventProblem(
  refusal: Refusal<EventRefusal | IdempotencyRefusal | 'not_found'>,
): Problem {
  const { code } = refusal;
  if (code === 'not_found') return platformProblem('not_found');
  if (isOfTheKey(code)) {
    const isRunning = code === 'idempotency_in_progress';
    const more = isRunning ? { retryAfterSeconds: RETRY_SECONDS } : {};
    return new Problem(idempotencyStatuses[code], code, idempotencySentences[code], more);
  }
  return problemOf({ ...refusal, code }, eventStatuses, eventSentences);
}
