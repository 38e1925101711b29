import { Inject, Injectable } from '@nestjs/common';
import {
  rknParameters,
  type ReviewCode,
  type ReviewEvent,
  type ReviewFacts,
  type ReviewName,
} from '#libs/contracts';
import { aboutOfReview, reviewEventOf } from './domain/review-steps.js';
import { MeasureSteps, StepDesk } from './measure-steps.js';
import { ReviewMatter } from './review-matter.js';

/** The steps of RKN-S4 as proposals of two people. */
@Injectable()
export class ReviewSteps extends MeasureSteps<ReviewName, ReviewFacts, ReviewEvent, ReviewCode> {
  constructor(@Inject(StepDesk) desk: StepDesk, @Inject(ReviewMatter) matter: ReviewMatter) {
    super(desk, matter, {
      kind: 'review_step',
      parameters: { period: rknParameters.s4ReasonablePeriod, lead: rknParameters.s4NoticeLead },
      keyOf: ({ epspId }) => epspId,
      eventOf: reviewEventOf,
      aboutOf: aboutOfReview,
      prelude: () => Promise.resolve([]),
    });
  }
}
