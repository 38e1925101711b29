import type { Instant } from '#libs/kernel';

/** The steps that two people may decide on today for a later moment: a measure, and its end. */
export const TIMED_STEPS: readonly string[] = ['measure_committed', 'resumed'];

/** A step that was decided on and waits for its moment, or what became of it. */
export interface TimedStep {
  readonly institutionId: number;
  readonly proposalId: string;
  readonly epspId: string;
  readonly partnerId: string | undefined;
  readonly step: string;
  readonly clause: string;
  readonly decidedAt: Instant;
  readonly effectiveAt: Instant;
  readonly settled: Settled | undefined;
}

export interface Settled {
  readonly at: Instant;
  readonly outcome: object;
  /** The proposal of the two people who cancelled it; undefined where the job took it. */
  readonly cancelledBy: string | undefined;
}

/** Only what still lies ahead can be cancelled: from its moment on the job may have it in hand. */
export const mayBeCancelled = (step: TimedStep | undefined, now: Instant): boolean =>
  step !== undefined && !step.settled && now < step.effectiveAt;
