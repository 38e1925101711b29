import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import { ProposalDesk, type ProposalKind, type ProposalStep } from '../staff/index.js';
import { measureSentences, type MeasureRefusal } from './domain/measure.refusals.js';
import { mayBeCancelled } from './domain/timed-step.js';
import { measureStatuses } from './http/measure.problems.js';
import { TimedSteps } from './timed-steps.js';

/** Which timed step is given up, where, and why. */
export interface CancellationContent {
  readonly proposalId: string;
  readonly institutionIds: readonly number[];
  readonly reason: string;
}

/** Two people take back, before its moment, what two people decided for later. What has begun is resumed instead. */
@Injectable()
export class TimedStepCancellations implements ProposalKind<CancellationContent> {
  readonly kind = 'timed_step_cancellation';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-S4c';

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TimedSteps) private readonly timed: TimedSteps,
    @Inject(ProposalDesk) desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  /** Refuses without a reason, and where it lies ahead at none of the institutions. */
  async check(content: CancellationContent): Promise<Result<void, Refusal<MeasureRefusal>>> {
    if (content.reason.trim() === '') return refused('reason_required', { clause: 'RKN-S4c' });
    const now = await this.clock.now();
    for (const institutionId of content.institutionIds) {
      const step = await this.timed.find(institutionId, content.proposalId);
      if (mayBeCancelled(step, now)) return accepted(undefined);
    }
    return refused('event_late', { clause: 'RKN-S4c' });
  }

  async carryOut(tx: Transaction, step: ProposalStep<CancellationContent>): Promise<object> {
    const { content, proposal, at } = step;
    const waiting = await this.timed.store.lock(tx, content.proposalId);
    if (!waiting || !mayBeCancelled(waiting, at))
      return { refused: 'event_late', clause: waiting?.clause ?? 'RKN-S4c' };
    const outcome = { cancelled: content.reason };
    await this.timed.store.settle(tx, content.proposalId, {
      at,
      outcome,
      cancelledBy: proposal.id,
    });
    await this.timed.record(tx, 'measure_step_cancelled', waiting, at, {
      reason: content.reason,
      cancelledBy: proposal.id,
    });
    return outcome;
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<MeasureRefusal>, measureStatuses, measureSentences);
  }
}
