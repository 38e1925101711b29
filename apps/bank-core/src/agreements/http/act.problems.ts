import { idempotencySentences, idempotencyStatuses, platformSentences } from '#libs/platform';
import type { IdempotencyRefusal } from '#libs/platform';
import type { RefusalSentences } from '#libs/kernel';
import { actSentences, type ActRefusal } from '../domain/act.refusals.js';

type Code = ActRefusal | IdempotencyRefusal | 'not_found';

/** Not there → 404, not now → 409, not complete → 422. */
export const actStatuses: Readonly<Record<Code, number>> = {
  ...idempotencyStatuses,
  not_found: 404,
  not_own_linkage: 403,
  four_eyes_required: 403,
  event_repeated: 409,
  event_out_of_order: 409,
  event_late: 409,
  deadline_not_open: 409,
  period_not_over: 409,
  another_request: 409,
  measure_unknown: 409,
  partner_already_stopped: 409,
  notice_not_delivered: 409,
  not_as_announced: 409,
  institution_not_covered: 422,
  event_ahead_of_clock: 422,
  contract_incomplete: 422,
  finding_required: 422,
  parameter_unset: 422,
  grounds_required: 422,
  explanation_required: 422,
  scope_empty: 422,
  scope_and_kind_differ: 422,
  reason_required: 422,
  deadline_in_the_past: 422,
};

export const actProblemSentences: RefusalSentences<Code> = {
  ...idempotencySentences,
  ...actSentences,
  not_found: platformSentences.not_found,
};
