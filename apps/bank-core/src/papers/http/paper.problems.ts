import type { PaperRefusal } from '../domain/paper.refusals.js';

/** Refusal → status: what was sent cannot be taken as it is. */
export const paperStatuses: Readonly<Record<PaperRefusal, number>> = {
  seal_check_missing: 422,
  fact_malformed: 422,
  paper_holder_unknown: 422,
};
