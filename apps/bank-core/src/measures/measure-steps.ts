import { Inject, Injectable } from '@nestjs/common';
import type { MachineEvent, MachineState, Parameter, TwoPeople } from '#libs/contracts';
import {
  accepted,
  CivilDate,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, problemOf, type Problem, type Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { IncidentsService } from '../incidents/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { ProtectiveHoldsService } from '../links/index.js';
import { CLOCK } from '../platform/platform.module.js';
import {
  oneIsEnough,
  ProposalDesk,
  refusedOutcome,
  twoPeople,
  type DeskRefusal,
  type Proposal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type RefusedOutcome,
  type StaffMember,
} from '../staff/index.js';
import { measureSentences, type MeasureRefusal } from './domain/measure.refusals.js';
import type {
  EventExtras,
  StepContent,
  StepFields,
  StepMaking,
  StepParameters,
} from './domain/step-content.js';
import { TIMED_STEPS } from './domain/timed-step.js';
import { measureStatuses } from './http/measure.problems.js';
import { LinkRefused, MeasureMatter, type ProcedureFacts } from './measure-matter.js';
import { TimedSteps, type StepTaker } from './timed-steps.js';

/** What a step at one institution came to: the machine's answer, also where it refuses. */
export type StepOutcome =
  | { readonly state: string; readonly clauses: readonly string[]; readonly about: string }
  | RefusedOutcome;

@Injectable()
export class StepDesk {
  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(ProposalDesk) readonly proposals: ProposalDesk,
    @Inject(InstitutionsService) readonly institutions: InstitutionsService,
    @Inject(AgreementsService) readonly agreements: AgreementsService,
    @Inject(TimedSteps) readonly timed: TimedSteps,
    @Inject(ProtectiveHoldsService) readonly holds: ProtectiveHoldsService,
    @Inject(IncidentsService) readonly incidents: IncidentsService,
  ) {}
}

/** How one procedure's steps become events; everything else is the same for both. */
export interface Procedure<Facts, Event extends MachineEvent> {
  readonly kind: string;
  readonly parameters: { readonly period: Parameter; readonly lead: Parameter };
  keyOf(content: StepContent): string;
  eventOf(making: StepMaking): Event;
  aboutOf(step: string, facts: Facts): string;
  /** What has to be told first, where other rooms know it and the matter does not yet. */
  prelude(content: StepContent, version: number, at: Instant): Promise<readonly Event[]>;
}

/**
 * The steps of a procedure as proposals: two people decide on the exact content, and it is told to the machine at
 * each institution in a transaction of its own. What the machine refuses there is the outcome there (RKN-S4c/d).
 */
export class MeasureSteps<
  Name extends string,
  Facts extends ProcedureFacts,
  Event extends MachineEvent,
  Code extends string,
>
  implements ProposalKind<StepContent>, StepTaker
{
  readonly kind: string;
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';

  constructor(
    private readonly desk: StepDesk,
    private readonly matter: MeasureMatter<Name, Facts, Event, Code>,
    private readonly procedure: Procedure<Facts, Event>,
  ) {
    this.kind = procedure.kind;
    desk.proposals.register(this);
    desk.timed.register(this);
  }

  clauseOf({ step }: StepContent): string | undefined {
    return this.matter.machine.rows.find(({ event }) => event === step)?.clauses[0];
  }

  /** Keeps what the proposer has before him, so that his proposal is about that and nothing later. */
  async propose(
    by: StaffMember,
    asked: Omit<StepContent, 'about' | 'fields'> & { readonly fields: StepFields },
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const at = await this.desk.clock.now();
    const about: Record<string, string> = {};
    for (const institutionId of asked.institutionIds) {
      const state = await this.stateAt(
        institutionId,
        this.procedure.keyOf({ ...asked, about }),
        at,
      );
      about[String(institutionId)] = this.procedure.aboutOf(asked.step, state.facts);
    }
    return this.desk.proposals.propose(by, this.kind, { ...asked, about }, asked.institutionIds);
  }

  /**
   * Refuses where no institution's machine would take the step; one that would is enough, each for itself. A step for
   * a later moment is asked as of that moment, which must lie ahead.
   */
  async check(
    content: StepContent,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<string>>> {
    const people = twoPeople(by, proposal);
    const now = await this.desk.clock.now();
    const at = content.fields.effectiveAt ?? now;
    if (content.fields.effectiveAt !== undefined) {
      const clause = this.matter.basis;
      if (!TIMED_STEPS.includes(content.step)) return refused('event_out_of_order', { clause });
      if (at <= now) return refused('deadline_in_the_past', { clause });
    }
    const could = async (institutionId: number) => {
      const refusal = await this.desk.database.inInstitution(institutionId, (tx) =>
        this.wouldRefuse(tx, content, institutionId, people, at),
      );
      return refusal ? refused(refusal.code, refusal) : accepted(undefined);
    };
    return oneIsEnough(content.institutionIds, could, { code: 'not_own_linkage' });
  }

  /** Takes the step, or writes it down for its moment; one that was approved too late for that is taken next. */
  async carryOut(tx: Transaction, step: ProposalStep<StepContent>): Promise<object> {
    const { content, proposal, institutionId = 0, at } = step;
    const { effectiveAt } = content.fields;
    if (effectiveAt === undefined) return this.take(tx, step);
    return this.desk.timed.put(tx, {
      institutionId,
      proposalId: proposal.id,
      epspId: content.epspId,
      partnerId: content.partnerId,
      step: content.step,
      clause: this.matter.basis,
      decidedAt: at,
      effectiveAt,
    });
  }

  async take(tx: Transaction, step: ProposalStep<StepContent>): Promise<StepOutcome> {
    const { content, proposal, approvedBy, institutionId = 0, at } = step;
    const people = {
      enteredBy: proposal.proposedBy.personId,
      approvedBy: approvedBy.personId,
    };
    const making = await this.making(content, institutionId, people, proposal.id, at);
    await tx.query('savepoint before_step');
    try {
      return await this.tell(tx, making);
    } catch (error) {
      if (!(error instanceof LinkRefused)) throw error;
      await tx.query('rollback to savepoint before_step');
      return refusedOutcome(error.refusal);
    }
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<MeasureRefusal>, measureStatuses, measureSentences);
  }

  private async tell(tx: Transaction, making: StepMaking): Promise<StepOutcome> {
    const { content, institutionId, at } = making;
    const { matters } = this.matter.desk;
    const name = this.matter.nameOf(institutionId, this.procedure.keyOf(content));
    const { version } = await matters.state(tx, this.matter, name, at);
    const incidentsUnknown = await this.incidentsUnknown(tx, content);
    if (incidentsUnknown) return refusedOutcome(incidentsUnknown);
    for (const event of await this.procedure.prelude(content, version, at))
      await matters.tell(tx, this.matter, name, event, at);
    const event = this.procedure.eventOf(making);
    const result = await matters.tell(tx, this.matter, name, event, at);
    if (!result.ok) return refusedOutcome(result.refusal);
    const { state, clauses } = result.value;
    await this.endHolds(tx, making, idIn(event));
    await this.noteGrounds(tx, making, idIn(event));
    return { state: state.name, clauses, about: idIn(event) };
  }

  /** A hold must become a demand or be released: where the demand says so, those in force end with it (INT-13). */
  private async endHolds(tx: Transaction, making: StepMaking, demandId: string): Promise<void> {
    const { content, institutionId, eventId: proposalId, at } = making;
    if (!becomesOfHold(content)) return;
    const link = { institutionId, epspId: content.epspId };
    const ended = await this.desk.holds.becomeDemand(tx, link, { id: demandId, proposalId }, at);
    if (!ended.ok) throw new LinkRefused(ended.refusal);
  }

  /** What the intermediary did not report to the institution entered is no ground there (RKN-S4a). */
  private async incidentsUnknown(
    tx: Transaction,
    { epspId, fields: { incidentIds = [] } }: StepContent,
  ): Promise<Refusal<string> | undefined> {
    const isKnown = await this.desk.incidents.areOf(tx, epspId, incidentIds);
    return isKnown ? undefined : { code: 'incident_unknown', clause: 'RKN-S4a' };
  }

  private async noteGrounds(tx: Transaction, making: StepMaking, demandId: string): Promise<void> {
    const { content, people, eventId: proposalId, at } = making;
    const { incidentIds = [] } = content.fields;
    if (content.step !== 'improvement_demanded') return;
    const demand = { id: demandId, proposalId, by: people.approvedBy };
    await this.desk.incidents.becameGround(tx, incidentIds, demand, at);
  }

  private async wouldRefuse(
    tx: Transaction,
    content: StepContent,
    institutionId: number,
    people: TwoPeople,
    at: Instant,
  ): Promise<Refusal<string> | undefined> {
    const { agreements } = this.desk;
    const isCovered = await agreements.covers(content.epspId, institutionId, CivilDate.inTokyo(at));
    if (!isCovered) return { code: 'institution_not_covered', clause: 'RKN-0.2' };
    const incidentsUnknown = await this.incidentsUnknown(tx, content);
    if (incidentsUnknown) return incidentsUnknown;
    const making = await this.making(content, institutionId, people, 'would', at);
    const name = this.matter.nameOf(institutionId, this.procedure.keyOf(content));
    let state = await this.matter.desk.matters.state(tx, this.matter, name, at);
    for (const event of await this.procedure.prelude(content, state.version, at)) {
      const told = this.matter.step(state, event, at);
      if (told.ok) state = told.value.state;
    }
    const event = this.procedure.eventOf(making);
    const result = this.matter.step(state, event, at);
    if (!result.ok) return result.refusal;
    if (becomesOfHold(content)) {
      const live = await this.desk.holds.liveOn(tx, institutionId, content.epspId, at);
      if (live.length === 0) return { code: 'hold_unknown', clause: 'RKN-S4a' };
    }
    const acted = event as unknown as MachineEvent & TwoPeople & EventExtras;
    const { state: next, effects } = result.value;
    const told = effects.includes('commit_link_measure')
      ? this.matter.linkEventOf(next, acted)
      : effects.includes('extend_link_measure') && this.matter.longerLinkEventOf(next, acted);
    if (!told) return undefined;
    const parties = { institutionId, epspId: content.epspId };
    const linked = await this.matter.desk.links.wouldSay(tx, parties, told, at);
    return linked.ok ? undefined : linked.refusal;
  }

  private async making(
    content: StepContent,
    institutionId: number,
    people: TwoPeople,
    eventId: string,
    at: Instant,
  ): Promise<StepMaking> {
    const parameters = await this.parametersOf(institutionId, at);
    return {
      content,
      institutionId,
      people,
      parameters,
      eventId,
      at,
      newId: (prefix) => newId(prefix, at),
    };
  }

  /** What the institution has set; what it has not is absent, and the machine refuses (INT-12). */
  private async parametersOf(institutionId: number, at: Instant): Promise<StepParameters> {
    const read = async ({ id, constraint }: Parameter): Promise<number | undefined> => {
      const { institutions } = this.desk;
      const value = await institutions.parameter(institutionId, id, CivilDate.inTokyo(at));
      return value.ok ? (constraint.read(value.value) as number | undefined) : undefined;
    };
    const periodDays = await read(this.procedure.parameters.period);
    const leadHours = await read(this.procedure.parameters.lead);
    return {
      ...(periodDays === undefined ? {} : { periodDays }),
      ...(leadHours === undefined ? {} : { leadHours }),
    };
  }

  private stateAt(
    institutionId: number,
    key: string,
    at: Instant,
  ): Promise<MachineState<Name, Facts>> {
    return this.desk.database.inInstitution(institutionId, (tx) =>
      this.matter.desk.matters.state(tx, this.matter, this.matter.nameOf(institutionId, key), at),
    );
  }
}

const becomesOfHold = ({ step, fields }: StepContent): boolean =>
  step === 'improvement_demanded' && fields.fromHold === true;

/** The demand, request, notice or measure that a step made, for whoever goes on from it. */
function idIn(event: MachineEvent): string {
  const { measureId, noticeId, requestId, demandId } = event as MachineEvent &
    Readonly<Record<'measureId' | 'noticeId' | 'requestId' | 'demandId', string | undefined>>;
  return measureId ?? noticeId ?? requestId ?? demandId ?? '';
}
