import type { RefusalSentences } from '#libs/kernel';
import { platformSentences } from '#libs/platform';
import { registerSentences, type RegisterRefusal } from '../domain/register.refusals.js';

export const registerStatuses: Readonly<Record<RegisterRefusal, number>> = {
  not_found: 404,
  registration_known: 409,
  not_a_service: 422,
  revoked_before_registered: 422,
};

export const registerProblemSentences: RefusalSentences<RegisterRefusal> = {
  ...registerSentences,
  not_found: platformSentences.not_found,
};
