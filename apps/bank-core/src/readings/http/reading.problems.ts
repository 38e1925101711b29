import type { ReadingRefusal } from '../domain/reading.refusals.js';

/** Refusal → status: what was sent cannot be chosen → 422; by whom, or a version that is there → 403, 409. */
export const readingStatuses: Readonly<Record<ReadingRefusal, number>> = {
  reading_unknown: 422,
  reading_not_selectable: 422,
  signature_required: 422,
  effective_date_passed: 422,
  second_person_required: 403,
  version_taken: 409,
};
