import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  accepted,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import type { DeskRefusal, ProposalView, StaffMember } from '../staff/index.js';
import type { MeasureRefusal } from './domain/measure.refusals.js';
import { REVIEW_STEPS } from './domain/review-steps.js';
import type { StepFields } from './domain/step-content.js';
import { STOP_STEPS } from './domain/stop-steps.js';
import { findingKey, type FindingAnswer, type WatchFinding } from './domain/watch-finding.js';
import { ReviewSteps } from './review-steps.js';
import { StopSteps } from './stop-steps.js';
import { WatchFindingStore } from './storage/watch-finding.store.pg.js';
import { WatchService } from './watch.service.js';

const LOOK_EVERY_MS = 60_000;

/**
 * What the watch finds stays until an officer has looked: he takes note, or makes a proposal of it, which another
 * person has to approve like any other. The watch itself acts on nothing (RKN-S4a, RKN-S4b).
 */
@Injectable()
export class WatchFindings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(WatchService) private readonly watch: WatchService,
    @Inject(WatchFindingStore) private readonly store: WatchFindingStore,
    @Inject(ReviewSteps) private readonly reviewSteps: ReviewSteps,
    @Inject(StopSteps) private readonly stopSteps: StopSteps,
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(LOOK_EVERY_MS, { name: 'watch', run: () => this.look() });
  }

  /** Writes down what is found and not yet known, and closes what is found no longer. */
  async look(): Promise<void> {
    for (const { id: institutionId } of await this.institutions.all()) {
      const { found } = await this.watch.at(institutionId);
      const now = await this.clock.now();
      await this.database.inInstitution(institutionId, async (tx) => {
        const known = new Map((await this.store.open(tx)).map((one) => [findingKey(one), one]));
        for (const one of found) {
          if (known.delete(findingKey(one))) continue;
          const since = one.since ?? now;
          const id = newId('fnd', now);
          await this.store.insert(tx, { ...one, id, since, foundAt: now });
        }
        for (const { id } of known.values()) await this.store.gone(tx, id, now);
      });
    }
  }

  list(
    institutionId: number,
    page: { before?: string | undefined; limit: number; isOpen: boolean },
  ): Promise<WatchFinding[]> {
    return this.database.inInstitution(institutionId, (tx) => this.store.list(tx, page));
  }

  /** An officer takes note, once; what he sees in it is his to say. */
  async acknowledge(
    institutionId: number,
    id: string,
    officer: StaffMember,
    note: string,
  ): Promise<Result<WatchFinding, Refusal<MeasureRefusal>>> {
    const at = await this.clock.now();
    return this.database.inInstitution(institutionId, (tx) => {
      const by = officer.mailAddress;
      return this.answer(tx, id, { by, at, note: note.trim() || undefined, proposalId: undefined });
    });
  }

  /** Proposes the step that the finding names, with what the officer adds; its machine may refuse. */
  async propose(
    institutionId: number,
    id: string,
    officer: StaffMember,
    fields: StepFields,
  ): Promise<{ readonly kind: string; readonly result: Result<ProposalView, DeskRefusal> }> {
    const { kind } = this.reviewSteps;
    const found = await this.database.inInstitution(institutionId, (tx) => this.store.lock(tx, id));
    if (!found) return { kind, result: refused('finding_unknown') };
    if (found.answer) return { kind, result: refused('event_repeated', { clause: found.clause }) };
    const proposed = await this.proposalOf(found, officer, fields);
    if (!proposed.result.ok) return proposed;
    const { proposal } = proposed.result.value;
    const at = await this.clock.now();
    const answer = { by: officer.mailAddress, at, note: undefined, proposalId: proposal.id };
    const answered = await this.database.inInstitution(institutionId, (tx) =>
      this.answer(tx, id, answer),
    );
    return answered.ok ? proposed : { kind: proposed.kind, result: answered };
  }

  private async proposalOf(
    { institutionId, epspId, partnerId, proposes: step, clause }: WatchFinding,
    officer: StaffMember,
    fields: StepFields,
  ): Promise<{ readonly kind: string; readonly result: Result<ProposalView, DeskRefusal> }> {
    const asked = { epspId, step, institutionIds: [institutionId], fields };
    const { reviewSteps, stopSteps } = this;
    if (partnerId !== undefined && isOneOf(STOP_STEPS, step))
      return {
        kind: stopSteps.kind,
        result: await stopSteps.propose(officer, { ...asked, partnerId }),
      };
    if (partnerId === undefined && isOneOf(REVIEW_STEPS, step))
      return { kind: reviewSteps.kind, result: await reviewSteps.propose(officer, asked) };
    // The end of an agreement is decided where agreements are kept, not by a step of these procedures.
    return { kind: reviewSteps.kind, result: refused('event_out_of_order', { clause }) };
  }

  private async answer(
    tx: Transaction,
    id: string,
    answer: FindingAnswer,
  ): Promise<Result<WatchFinding, Refusal<MeasureRefusal>>> {
    const found = await this.store.lock(tx, id);
    if (!found) return refused('finding_unknown');
    if (found.answer) return refused('event_repeated', { clause: found.clause });
    await this.store.answer(tx, id, answer);
    await this.record(tx, found, answer, answer.at);
    return accepted({ ...found, answer });
  }

  private record(
    tx: Transaction,
    { institutionId, epspId, partnerId, rule, clause, facts, id }: WatchFinding,
    answer: FindingAnswer,
    happenedAt: Instant,
  ): Promise<unknown> {
    return this.records.append(tx, {
      institutionId,
      happenedAt,
      kind: 'watch_finding_answered',
      epspId,
      chainPartnerId: partnerId,
      content: { findingId: id, rule, clause, facts, ...answer },
    });
  }
}

const isOneOf = (steps: readonly string[], step: string): boolean => steps.includes(step);
