import { Inject, Injectable, Optional } from '@nestjs/common';
import { assert, instantToWire, type Clock } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Jobs, type JobRhythm } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { ProposalDesk, type ProposalStep } from '../staff/index.js';
import type { StepContent } from './domain/step-content.js';
import type { TimedStep } from './domain/timed-step.js';
import { TIMED_STEP_CHANNEL, TimedStepStore } from './storage/timed-step.store.pg.js';

/** Who takes a step when its moment has come; refusals are outcomes. */
export interface StepTaker {
  readonly kind: string;
  take(tx: Transaction, step: ProposalStep<StepContent>): Promise<object>;
}

/** The net below: what is near is waited for to the moment. */
const LOOK_EVERY_MS = 5_000;
const TAKEN_AT_ONCE = 50;

/**
 * Steps that were decided on for a later moment. A row is the promise: the job takes it, asks the machine as it stands
 * then, and settles the row in the same transaction, so that whoever dies in between leaves it whole (RKN-S4c).
 */
@Injectable()
export class TimedSteps {
  private readonly takers = new Map<string, StepTaker>();
  private readonly rhythm: JobRhythm | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ProposalDesk) private readonly proposals: ProposalDesk,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TimedStepStore) readonly store: TimedStepStore,
    // A command has no jobs: what is due is taken by the server.
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    this.rhythm = jobs?.every(LOOK_EVERY_MS, {
      name: 'timed-steps',
      channel: TIMED_STEP_CHANNEL,
      run: () => this.takeDue(),
    });
  }

  register(taker: StepTaker): void {
    this.takers.set(taker.kind, taker);
  }

  /** Writes it down at one institution, in the transaction that carries the proposal out. */
  async put(tx: Transaction, step: Omit<TimedStep, 'settled'>): Promise<object> {
    await this.store.insert(tx, step);
    await this.record(tx, 'measure_step_timed', step, step.decidedAt, {});
    return { effectiveAt: instantToWire(step.effectiveAt) };
  }

  list(
    institutionId: number,
    epspId: string,
    page: { before?: string | undefined; limit: number },
  ): Promise<TimedStep[]> {
    return this.database.inInstitution(institutionId, (tx) => this.store.list(tx, epspId, page));
  }

  find(institutionId: number, proposalId: string): Promise<TimedStep | undefined> {
    return this.database.inInstitution(institutionId, (tx) => this.store.find(tx, proposalId));
  }

  /**
   * Takes everything whose moment has come, each in a transaction of its own, and comes back at the next moment that it
   * has seen: a measure takes effect when it was decided to, not when somebody looks.
   */
  async takeDue(): Promise<void> {
    let next = Infinity;
    for (const { id } of await this.institutions.all()) {
      const at = await this.clock.now();
      const near = await this.database.inInstitution(id, (tx) =>
        this.store.due(tx, at + LOOK_EVERY_MS, TAKEN_AT_ONCE),
      );
      for (const { proposalId, effectiveAt } of near)
        if (effectiveAt <= at) await this.takeOne(id, proposalId);
        else next = Math.min(next, effectiveAt);
    }
    if (next < Infinity) this.rhythm?.runWithin(next - (await this.clock.now()));
  }

  private async takeOne(institutionId: number, proposalId: string): Promise<void> {
    const view = await this.proposals.find(proposalId);
    const taker = view && this.takers.get(view.proposal.kind);
    assert(view?.decidedBy && view.deciderPerson && taker, 'What waits was approved.');
    const { proposal } = view;
    const approvedBy = { mailAddress: view.decidedBy, personId: view.deciderPerson };
    await this.database.inInstitution(institutionId, async (tx) => {
      const waiting = await this.store.lock(tx, proposalId);
      if (!waiting || waiting.settled) return;
      const at = await this.clock.now();
      const content = JSON.parse(proposal.content) as StepContent;
      const outcome = await taker.take(tx, { proposal, content, institutionId, approvedBy, at });
      await this.store.settle(tx, proposalId, { at, outcome, cancelledBy: undefined });
      await this.record(tx, 'measure_step_taken', waiting, at, { outcome });
    });
  }

  record(
    tx: Transaction,
    kind: string,
    step: Omit<TimedStep, 'settled'>,
    happenedAt: number,
    more: object,
  ): Promise<unknown> {
    const { institutionId, epspId, partnerId, proposalId, clause } = step;
    const effectiveAt = instantToWire(step.effectiveAt);
    return this.records.append(tx, {
      institutionId,
      happenedAt,
      kind,
      epspId,
      chainPartnerId: partnerId,
      content: { proposalId, step: step.step, clause, effectiveAt, ...more },
    });
  }
}
