import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  assert,
  hashOf,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import {
  applyEvent,
  replayCase,
  type CaseDecision,
  type CaseEvent,
  type LossCase,
} from '#libs/liability';
import { Database, type Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import type { CaseRefusal } from './domain/case.refusals.js';
import type { DecisionInputs } from './domain/decision-inputs.js';
import {
  eventsOf,
  insertEvent,
  lockCase,
  type CaseFacts,
  type CaseName,
} from './storage/case.store.pg.js';
import { insertDecision } from './storage/claim.store.pg.js';

/** A case in the hands of one transaction: locked, replayed, ready for its next event. */
export interface OpenedCase {
  readonly tx: Transaction;
  readonly name: CaseName;
  readonly facts: CaseFacts;
  readonly state: LossCase;
  readonly at: Instant;
}

/** A refusal takes back what its transaction wrote before it. */
class TakenBack extends Error {
  constructor(readonly refusal: Refusal<string>) {
    super(refusal.code);
  }
}

export type Told<Value> = Result<Value, Refusal<CaseRefusal>>;

/** The book of cases: whatever happens to one is an event that the library accepts, stored with the record of it. */
@Injectable()
export class CaseBook {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  now(): Promise<Instant> {
    return this.clock.now();
  }

  /** Works inside the institution; a refusal leaves nothing behind. */
  async inside<Value, Code extends string = CaseRefusal>(
    institutionId: number,
    work: (tx: Transaction, at: Instant) => Promise<Result<Value, Refusal<Code>>>,
  ): Promise<Result<Value, Refusal<Code>>> {
    const at = await this.clock.now();
    try {
      return await this.database.inInstitution(institutionId, async (tx) => {
        const result = await work(tx, at);
        if (!result.ok) throw new TakenBack(result.refusal);
        return result;
      });
    } catch (error) {
      if (error instanceof TakenBack) return { ok: false, refusal: error.refusal as Refusal<Code> };
      throw error;
    }
  }

  /** Works on one case, which nobody else moves meanwhile. Refuses with `case_unknown`. */
  onCase<Value, Code extends string = CaseRefusal>(
    name: CaseName,
    work: (opened: OpenedCase) => Promise<Result<Value, Refusal<Code | 'case_unknown'>>>,
  ): Promise<Result<Value, Refusal<Code | 'case_unknown'>>> {
    return this.inside(name.institutionId, async (tx, at) => {
      const opened = await this.open(tx, name, at);
      return opened ? work(opened) : refused('case_unknown');
    });
  }

  async open(tx: Transaction, name: CaseName, at: Instant): Promise<OpenedCase | undefined> {
    const facts = await lockCase(tx, name);
    if (!facts) return undefined;
    const replayed = replayCase(await eventsOf(tx, name));
    assert(replayed.ok, `Case ${name.caseId} does not replay.`);
    return { tx, name, facts, state: replayed.value, at };
  }

  /** Tells the case one event: the library judges, the event is stored with its record, or nothing is. */
  async tell(opened: OpenedCase, event: CaseEvent, by: string): Promise<Told<OpenedCase>> {
    const after = applied(opened.state, event, opened.at);
    if (!after.ok) return after;
    await this.store(opened, after.value, by);
    return accepted({ ...opened, state: after.value });
  }

  /** As `tell`, for a decision: kept with everything that it was made from. Answers its id as well. */
  async tellDecision(
    opened: OpenedCase,
    inputs: DecisionInputs,
    decided: CaseDecision,
    by: string,
  ): Promise<Told<OpenedCase & { decisionId: string }>> {
    const told = await this.tell(opened, { type: 'decided', ...decided }, by);
    if (!told.ok) return told;
    const { tx, name, state, at } = told.value;
    const id = newId('dec', at);
    await insertDecision(tx, name, { id, sequence: state.events.length, inputs, decided, at, by });
    return accepted({ ...told.value, decisionId: id });
  }

  /** Stores the last event of `after`, which the library has accepted. */
  async store({ tx, name, facts, at }: OpenedCase, after: LossCase, by: string): Promise<void> {
    await insertEvent(tx, name, { after, stateHash: hashOf(after), by });
    const event = after.events.at(-1);
    await this.records.append(tx, {
      institutionId: name.institutionId,
      happenedAt: at,
      kind: `case_${event?.type ?? 'opened'}`,
      holderId: facts.holderId,
      epspId: facts.epspId,
      chainPartnerId: facts.chainPartnerId,
      content: { caseId: name.caseId, sequence: after.events.length, by, stateHash: hashOf(after) },
    });
  }
}

/** The case after `event`, at a time that is never before its last event. */
export function applied(state: LossCase, event: CaseEvent, at: Instant): Told<LossCase> {
  const last = state.events.at(-1)?.recordedAt ?? at;
  return applyEvent(state, event, Math.max(last, at)) as Told<LossCase>;
}
