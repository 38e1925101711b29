import { assert, type Instant } from '#libs/kernel';
import type { MeasureAuthority } from './link.js';
import { checklistRows } from './security-review/checklist.js';
import { demandRows } from './security-review/demand.js';
import { reviewDuties } from './security-review/duties.js';
import type {
  ReviewCode,
  ReviewEvent,
  ReviewFacts,
  ReviewName,
  ReviewState,
} from './security-review/facts.js';
import { reviewMeasureRows } from './security-review/measure.js';
import { begin, step, type Machine } from './step.js';

export type {
  ImprovementDemand,
  ReviewCode,
  ReviewEvent,
  ReviewFacts,
  ReviewName,
  ReviewState,
} from './security-review/facts.js';

/**
 * RKN-S3 and S4, per institution and intermediary: checklist, assessment, demand with its period,
 * second judgement, prior notice, restriction or suspension, resumption. No other order leads there.
 */
export const reviewMachine: Machine<ReviewName, ReviewFacts, ReviewEvent, ReviewCode> = {
  name: 'security-review',
  initial: 'NO_CHECKLIST',
  terminal: ['ENDED'],
  rows: [...checklistRows, ...demandRows, ...reviewMeasureRows],
  duties: reviewDuties,
};

export const beginReview = (institution: string, epsp: string, now: Instant): ReviewState =>
  begin(reviewMachine, { institution, epsp, attestationDue: false, gapOverdue: false }, now);

export const stepReview = (state: ReviewState, event: ReviewEvent, now: Instant) =>
  step(reviewMachine, state, event, now);

/** What the link needs to know of a review whose measure was committed. Source: RKN-S4a–c. */
export function authorityOfReview({ facts }: ReviewState): MeasureAuthority {
  const { demand, insufficientAt, notice } = facts;
  assert(
    demand?.arrivedAt !== undefined && demand.dueAt !== undefined && insufficientAt !== undefined,
    'A measure stands on a demand that arrived and a judgement made after its period.',
  );
  assert(notice, 'A measure stands on a notice.');
  return {
    originId: demand.id,
    originArrivedAt: demand.arrivedAt,
    originDueAt: demand.dueAt,
    failureFoundAt: insufficientAt,
    noticeId: notice.noticeId,
    ...(notice.deliveredAt === undefined ? {} : { noticeArrivedAt: notice.deliveredAt }),
    noticeLeadHours: notice.leadHours,
  };
}
