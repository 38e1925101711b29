import { Inject, Injectable } from '@nestjs/common';
import {
  dutiesOf,
  isHolding,
  mayRestrictLink,
  mayStopChainPartner,
  type AnnouncedMeasure,
  type Deadline,
  type Decision,
  type MachineDuty,
  type MachineState,
  type MeasureOutcome,
  type ReadingUsed,
} from '#libs/contracts';
import { instantToWire, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { HoldMatter } from '../links/index.js';
import type { MatterEvent } from '../matters/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { ReadingsService } from '../readings/index.js';
import { ChainMatter, chainKeyOf } from './chain-matter.js';
import type { Letter } from './domain/letter.js';
import type { TimedStep } from './domain/timed-step.js';
import { statementUntil, type NoticeStatement } from './domain/notice-statement.js';
import { ReviewMatter } from './review-matter.js';
import { LetterStore } from './storage/letter.store.pg.js';
import { NoticeStatementStore } from './storage/notice-statement.store.pg.js';
import { versionsCommittedAt } from './storage/propagation.store.pg.js';
import { TimedStepStore } from './storage/timed-step.store.pg.js';

/** Where one procedure stands, what it asks of whom, and what is missing before a measure. */
export interface ProcedureView {
  readonly machine: string;
  readonly partnerId: string | undefined;
  readonly state: string;
  readonly since: Instant;
  readonly facts: object;
  readonly deadlines: readonly Deadline[];
  readonly duties: readonly MachineDuty[];
  /** What libs/contracts says of a measure now; undefined for the link itself. */
  readonly measure: MeasureOutcome | undefined;
  /** By which readings of the register it is said; none where nothing was asked. */
  readonly readings: readonly ReadingUsed[];
  /** What the intermediary said to the prior notice, the oldest first, and until when it may. */
  readonly statements: readonly NoticeStatement[];
  readonly statementUntil: Instant | undefined;
}

/** One thing that happened, in the words of the machine that it moved, or a letter and its arrival. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly source: string;
  readonly partnerId: string | undefined;
  readonly what: string;
  readonly cameTo: string | undefined;
  readonly clauses: readonly string[];
  readonly detail: object;
}

const LETTERS_MAX = 500;
const STATEMENTS_MAX = 500;
const TIMED_MAX = 500;

/** What there is to see of one link: where it stands and how it came there. Changes nothing. */
@Injectable()
export class TimelineService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(LetterStore) private readonly letters: LetterStore,
    @Inject(TimedStepStore) private readonly timed: TimedStepStore,
    @Inject(NoticeStatementStore) private readonly statements: NoticeStatementStore,
    @Inject(ReadingsService) private readonly readings: ReadingsService,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
    @Inject(HoldMatter) private readonly hold: HoldMatter,
  ) {}

  async standing(institutionId: number, epspId: string): Promise<ProcedureView[]> {
    const at = await this.clock.now();
    const partners = await this.partnersOf(epspId);
    const { matters, links } = this.review.desk;
    return this.database.inInstitution(institutionId, async (tx) => {
      const readings = await this.readings.book(institutionId, tx);
      const link = await links.state(tx, { institutionId, epspId }, at);
      const name = this.review.nameOf(institutionId, epspId);
      const review = await matters.state(tx, this.review, name, at);
      const views: ProcedureView[] = [
        viewOf('link', link),
        {
          ...viewOf(this.review.machine.name, review),
          ...(await this.saidTo(tx, review.facts.notice)),
          duties: dutiesOf(this.review.machine, review),
          ...judged(mayRestrictLink(review, at, readings)),
        },
      ];
      for (const { state } of await this.holdsOf(tx, epspId))
        if (isHolding(state, at))
          views.push({
            ...viewOf(this.hold.machine.name, state),
            duties: dutiesOf(this.hold.machine, state),
          });
      for (const partnerId of partners) {
        const chainName = this.chain.nameOf(institutionId, chainKeyOf(epspId, partnerId));
        const chain = await matters.state(tx, this.chain, chainName, at);
        if (chain.version === 0) continue;
        views.push({
          ...viewOf(this.chain.machine.name, chain),
          ...(await this.saidTo(tx, chain.facts.notice)),
          partnerId,
          duties: dutiesOf(this.chain.machine, chain),
          ...judged(mayStopChainPartner(chain, at, readings)),
        });
      }
      return views;
    });
  }

  private async saidTo(tx: Transaction, notice: AnnouncedMeasure | undefined) {
    if (!notice) return {};
    const statements = await this.statements.onNotice(tx, notice.noticeId);
    return { statements, statementUntil: statementUntil(notice) };
  }

  /** Everything about the link at one institution, oldest first. */
  async timeline(institutionId: number, epspId: string): Promise<TimelineEntry[]> {
    const partners = await this.partnersOf(epspId);
    return this.database.inInstitution(institutionId, async (tx) => {
      const entries = await this.events(tx, institutionId, epspId, partners);
      const letters = await this.letters.list(tx, epspId, { limit: LETTERS_MAX });
      const said = await this.statements.list(tx, epspId, STATEMENTS_MAX);
      const timed = await this.timed.list(tx, epspId, { limit: TIMED_MAX });
      return [
        ...entries,
        ...(await this.reached(tx, institutionId, entries)),
        ...letters.flatMap(entriesOfLetter),
        ...said.map(entryOfStatement),
        ...timed.flatMap(entriesOfTimed),
      ].sort((one, other) => one.at - other.at);
    });
  }

  /** From when on each node of the gateway has refused by what the link came to: one entry per node and change. */
  private async reached(
    tx: Transaction,
    institutionId: number,
    entries: readonly TimelineEntry[],
  ): Promise<TimelineEntry[]> {
    const changes = entries.filter(({ source }) => source === 'link');
    const clauses = new Map(changes.map((change) => [change.at, change.clauses]));
    const versions = await versionsCommittedAt(tx, institutionId, [...clauses.keys()]);
    return versions.flatMap(({ version, committedAt, nodes, silent }) =>
      nodes.map(({ node, reachedAt }) => ({
        at: reachedAt,
        source: 'gateway',
        partnerId: undefined,
        what: 'link_version_reached',
        cameTo: undefined,
        clauses: clauses.get(committedAt) ?? [],
        detail: { node, version: Number(version), silent },
      })),
    );
  }

  private async events(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    partners: readonly string[],
  ): Promise<TimelineEntry[]> {
    const { matters, links } = this.review.desk;
    const link = await links.history(tx, { institutionId, epspId });
    const review = await matters.history(tx, this.review.nameOf(institutionId, epspId));
    const entries = [
      ...link.map((event) => entryOf('link', event)),
      ...review.map((event) => entryOf(this.review.machine.name, event)),
    ];
    for (const { key } of await this.holdsOf(tx, epspId)) {
      const name = { institutionId, machine: this.hold.machine.name, key };
      for (const event of await matters.history(tx, name))
        entries.push(entryOf(this.hold.machine.name, event));
    }
    for (const partnerId of partners) {
      const name = this.chain.nameOf(institutionId, chainKeyOf(epspId, partnerId));
      for (const event of await matters.history(tx, name))
        entries.push({ ...entryOf(this.chain.machine.name, event), partnerId });
    }
    return entries;
  }

  private async holdsOf(tx: Transaction, epspId: string) {
    const all = await this.hold.matters.all(tx, this.hold);
    return all.filter(({ key }) => this.hold.partiesOf(key).epspId === epspId);
  }

  private async partnersOf(epspId: string): Promise<string[]> {
    const all = await this.agreements.partners();
    return all.flatMap(({ id, intermediaryId }) => (intermediaryId === epspId ? [id] : []));
  }
}

const judged = ({ outcome, readings }: Decision<MeasureOutcome>) => ({
  measure: outcome,
  readings,
});

const viewOf = (machine: string, state: MachineState<string, object>): ProcedureView => ({
  machine,
  partnerId: undefined,
  state: state.name,
  since: state.since,
  facts: state.facts,
  deadlines: state.deadlines,
  duties: [],
  measure: undefined,
  readings: [],
  statements: [],
  statementUntil: undefined,
});

const entryOf = (source: string, { event, cameTo, clauses, recordedAt }: MatterEvent) => ({
  at: recordedAt,
  source,
  partnerId: undefined as string | undefined,
  what: event.type,
  cameTo,
  clauses,
  detail: event as object,
});

function entriesOfLetter(letter: Letter): TimelineEntry[] {
  const { documentId, notice, clause, sentAt, arrival, chainPartnerId } = letter;
  const about = {
    source: 'letter',
    partnerId: chainPartnerId,
    cameTo: undefined,
    clauses: [clause],
  };
  const sent = { ...about, at: sentAt, what: 'letter_sent', detail: { documentId, notice } };
  if (!arrival) return [sent];
  const detail = { documentId, notice, proof: arrival.proof, evidence: arrival.evidence };
  return [sent, { ...about, at: arrival.arrivedAt, what: 'letter_arrived', detail }];
}

const entryOfStatement = (said: NoticeStatement): TimelineEntry => ({
  at: said.receivedAt,
  source: 'statement',
  partnerId: said.partnerId,
  what: 'statement_received',
  cameTo: undefined,
  clauses: [said.clause],
  detail: { id: said.id, noticeId: said.noticeId, text: said.text, evidence: said.evidence },
});

/** When it was decided and when it was given up; what the job took stands there as the step itself. */
function entriesOfTimed(timed: TimedStep): TimelineEntry[] {
  const { proposalId, step, clause, decidedAt, partnerId, settled } = timed;
  const detail = { proposalId, step, effectiveAt: instantToWire(timed.effectiveAt) };
  const about = { source: 'timed', partnerId, cameTo: undefined, clauses: [clause] };
  const decided = { ...about, at: decidedAt, what: 'step_timed', detail };
  if (settled?.cancelledBy === undefined) return [decided];
  const cancelled = { ...detail, cancelledBy: settled.cancelledBy, ...settled.outcome };
  return [decided, { ...about, at: settled.at, what: 'timed_step_cancelled', detail: cancelled }];
}
