import { Inject, Injectable } from '@nestjs/common';
import {
  authorityOfReview,
  beginReview,
  reviewMachine,
  stepReview,
  type ReviewCode,
  type ReviewEvent,
  type ReviewFacts,
  type ReviewName,
  type ReviewState,
} from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { MatterName } from '../matters/index.js';
import { MeasureMatter, ProcedureDesk } from './measure-matter.js';

/** The security review per institution and intermediary (RKN-S2 to S4). Its key is the intermediary's id. */
@Injectable()
export class ReviewMatter extends MeasureMatter<ReviewName, ReviewFacts, ReviewEvent, ReviewCode> {
  readonly machine = reviewMachine;
  readonly basis = 'RKN-S4c';

  constructor(@Inject(ProcedureDesk) desk: ProcedureDesk) {
    super(desk);
    desk.matters.register(this);
  }

  step(state: ReviewState, event: ReviewEvent, now: Instant) {
    return stepReview(state, event, now);
  }

  begin({ institutionId, key }: MatterName, now: Instant) {
    return beginReview(String(institutionId), key, now);
  }

  authorityOf(state: ReviewState) {
    return authorityOfReview(state);
  }

  partiesOf(key: string) {
    return { epspId: key };
  }
}
