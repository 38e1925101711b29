import type { StandingRefusal } from '../domain/standing.refusals.js';

export const standingStatuses: Readonly<Record<StandingRefusal, number>> = {
  application_over: 409,
  step_not_open: 409,
  steps_left: 409,
  agreement_missing: 409,
  intermediary_terminated: 409,
  note_required: 422,
  target_in_the_past: 422,
};
