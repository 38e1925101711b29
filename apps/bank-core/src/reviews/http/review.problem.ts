import type { Refusal } from '#libs/kernel';
import { problemOf, type Problem } from '#libs/platform';
import { reviewSentences, type ReviewRefusal } from '../domain/review.refusals.js';
import { reviewStatuses } from './review.problems.js';

/** A refusal of this room on its way out. */
export const reviewProblem = (refusal: Refusal<ReviewRefusal>): Problem =>
  problemOf(refusal, reviewStatuses, reviewSentences);
