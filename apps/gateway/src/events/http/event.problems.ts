import type { Refusal } from '#libs/kernel';
import { platformProblem, problemOf, type Problem } from '#libs/platform';
import { eventSentences, type EventRefusal } from '../domain/event.refusals.js';

export const eventStatuses: Readonly<Record<EventRefusal, number>> = {
  webhook_url_refused: 422,
  subscription_exists: 409,
  too_many_subscriptions: 409,
  subscription_disabled: 409,
  delivery_waiting: 409,
  replay_period_invalid: 422,
  event_unknown: 422,
  list_cursor_invalid: 400,
};

/** Another software's object answers as if it were not there. */
export const eventProblem = (refusal: Refusal<EventRefusal | 'not_found'>): Problem => {
  const { code } = refusal;
  if (code === 'not_found') return platformProblem('not_found');
  return problemOf({ ...refusal, code }, eventStatuses, eventSentences);
};
