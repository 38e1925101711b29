import type { RefusalSentences } from '#libs/kernel';
import {
  idempotencySentences,
  idempotencyStatuses,
  platformSentences,
  type IdempotencyRefusal,
} from '#libs/platform';
import type { ApplicationRefusal } from '../domain/application.js';
import { applicationSentences } from '../domain/application.refusals.js';

type Code = ApplicationRefusal | IdempotencyRefusal | 'not_found';

export const applicationStatuses: Readonly<Record<Code, number>> = {
  ...idempotencyStatuses,
  not_found: 404,
  application_over: 409,
  step_not_open: 409,
  steps_left: 409,
  note_required: 422,
  target_in_the_past: 422,
};

export const applicationProblemSentences: RefusalSentences<Code> = {
  ...idempotencySentences,
  ...applicationSentences,
  not_found: platformSentences.not_found,
};
