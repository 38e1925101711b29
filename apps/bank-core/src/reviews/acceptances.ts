import { Inject, Injectable } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import {
  accepted,
  CivilDate,
  hashOf,
  refused,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
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
import { AssessmentsService, type FilingView } from './assessments.service.js';
import { nextDue, type KeptGap } from './domain/gaps.js';
import { reviewSentences, type ReviewRefusal } from './domain/review.refusals.js';
import { nameOfVersion } from './domain/standard.js';
import { reviewStatuses } from './http/review.problems.js';
import { ReviewDesk, type ReviewTelling } from './review-desk.js';
import { FilingStore } from './storage/filing.store.pg.js';
import { StandardStore } from './storage/standard.store.pg.js';

/** What the two people had before them at one institution: it is part of what they sign. */
export interface Judged {
  readonly institutionId: number;
  readonly standardVersion: string;
  readonly unmet: readonly string[];
  /** -1 where no item applies. */
  readonly points: number;
}

export interface AcceptanceContent {
  readonly epspId: string;
  readonly submissionId: string;
  readonly contentHash: string;
  readonly institutionIds: readonly number[];
  readonly judged: readonly Judged[];
}

export type AcceptanceOutcome =
  | { readonly state: string; readonly standardVersion: string; readonly attestBy: Instant }
  | RefusedOutcome;

interface Acting {
  readonly people: { readonly enteredBy: string; readonly approvedBy: string };
  readonly institutionId: number;
  readonly eventId: string;
  readonly at: Instant;
}

const INTERVAL = { interval: rknParameters.attestationInterval };

/** A submission is accepted by two people, at each institution on its own; from then on it binds (RKN-S3a, S3b). */
@Injectable()
export class Acceptances implements ProposalKind<AcceptanceContent> {
  readonly kind = 'checklist_acceptance';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-S3a';

  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(ProposalDesk) private readonly proposals: ProposalDesk,
    @Inject(AssessmentsService) private readonly assessments: AssessmentsService,
    @Inject(FilingStore) private readonly filings: FilingStore,
    @Inject(StandardStore) private readonly standards: StandardStore,
  ) {
    proposals.register(this);
  }

  async propose(
    by: StaffMember,
    asked: Pick<AcceptanceContent, 'epspId' | 'submissionId' | 'institutionIds'>,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const { epspId, submissionId, institutionIds } = asked;
    const judged: Judged[] = [];
    let contentHash = '';
    for (const institutionId of institutionIds) {
      const view = await this.assessments.view(institutionId, epspId, submissionId);
      if (!view.ok) return view;
      judged.push(judgedIn(institutionId, view.value));
      contentHash = view.value.submission.contentHash ?? '';
    }
    const content: AcceptanceContent = { ...asked, contentHash, judged };
    return this.proposals.propose(by, this.kind, content, institutionIds);
  }

  /** Refuses where no institution's machine would take it; one that would is enough, each for itself. */
  async check(
    content: AcceptanceContent,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<string>>> {
    const people = twoPeople(by, proposal);
    const at = await this.desk.clock.now();
    const could = (institutionId: number) =>
      this.desk.database.inInstitution(institutionId, (tx) =>
        this.would(tx, content, { people, institutionId, eventId: 'would', at }),
      );
    return oneIsEnough(content.institutionIds, could, { code: 'submission_unknown' });
  }

  async carryOut(
    tx: Transaction,
    step: ProposalStep<AcceptanceContent>,
  ): Promise<AcceptanceOutcome> {
    const { content, institutionId = 0, proposal, approvedBy, at } = step;
    const { epspId, submissionId } = content;
    const people = {
      enteredBy: proposal.proposedBy.personId,
      approvedBy: approvedBy.personId,
    };
    const acting = { people, institutionId, eventId: proposal.id, at };
    const ready = await this.ready(tx, content, acting);
    if (!ready.ok) return refusedOutcome(ready.refusal);
    const { view, telling, remaining, met } = ready.value;
    const told = await this.desk.tell(tx, institutionId, epspId, telling, at);
    if (!told.ok) return refusedOutcome(told.refusal);
    const { version } = view.standard;
    await this.filings.accept(tx, submissionId, { version, proposalId: proposal.id, at });
    for (const gap of met)
      await this.standards.endGap(tx, gap, { by: 'accepted', submissionId }, at);
    await this.carryGapsOver(tx, content, acting, { version, remaining });
    return {
      state: told.value.state.name,
      standardVersion: nameOfVersion(version),
      attestBy: telling.attestBy,
    };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<ReviewRefusal>, reviewStatuses, reviewSentences);
  }

  /** What is accepted ends the machine's deadlines; the transition of an item still lacking runs on (RKN-S3b/a). */
  private async carryGapsOver(
    tx: Transaction,
    { epspId, submissionId }: AcceptanceContent,
    { institutionId, at }: Acting,
    { version, remaining }: { readonly version: number; readonly remaining: readonly KeptGap[] },
  ): Promise<void> {
    const closeBy = nextDue(remaining, at);
    if (closeBy === undefined) return;
    const told = await this.desk.tell(
      tx,
      institutionId,
      epspId,
      {
        type: 'standard_published',
        id: `standard:${nameOfVersion(version)}:${submissionId}`,
        version: nameOfVersion(version),
        gaps: remaining.map(({ itemId }) => itemId),
        closeBy,
      },
      at,
    );
    if (!told.ok) throw new Error(`The gaps of ${epspId} could not run on: ${told.refusal.code}.`);
  }

  private async would(
    tx: Transaction,
    content: AcceptanceContent,
    acting: Acting,
  ): Promise<Result<void, Refusal<ReviewRefusal>>> {
    const ready = await this.ready(tx, content, acting);
    if (!ready.ok) return ready;
    const { institutionId, at } = acting;
    const said = await this.desk.wouldSay(
      tx,
      institutionId,
      content.epspId,
      ready.value.telling,
      at,
    );
    return said.ok ? accepted(undefined) : said;
  }

  /** What is told, and which gaps it closes. Refuses what is judged by now and `gap_overdue`. */
  private async ready(tx: Transaction, content: AcceptanceContent, acting: Acting) {
    const { epspId, submissionId, contentHash, judged } = content;
    const { institutionId, at } = acting;
    const view = await this.assessments.viewIn(tx, institutionId, epspId, submissionId);
    if (!view.ok) return view;
    const { isCurrent, standard, submission } = view.value;
    if (!isCurrent || submission.contentHash !== contentHash)
      return refused('event_out_of_order', { clause: 'RKN-S3b' });
    // A standard published since, or another mark, is not what the two people had before them.
    const seen = judged.find((one) => one.institutionId === institutionId);
    if (hashOf(seen ?? null) !== hashOf(judgedIn(institutionId, view.value)))
      return refused('version_conflict');
    const open = await this.standards.gaps(tx, { epspId, isOpen: true });
    const unmet = new Set(view.value.unmet);
    const remaining = open.filter(({ itemId }) => unmet.has(itemId));
    const overdue = remaining.filter(({ dueAt }) => dueAt <= at).map(({ itemId }) => itemId);
    if (overdue.length > 0)
      return refused('gap_overdue', { clause: 'RKN-S3b', facts: { items: overdue } });
    const attestBy = await this.attestBy(institutionId, at);
    if (!attestBy.ok) return attestBy;
    const telling: Extract<ReviewTelling, { type: 'found_compliant' }> = {
      type: 'found_compliant',
      id: acting.eventId,
      institution: String(institutionId),
      ...acting.people,
      submissionId,
      standardVersion: nameOfVersion(standard.version),
      attestBy: attestBy.value,
    };
    const met = open.filter(({ itemId }) => !unmet.has(itemId));
    return accepted({ view: view.value, telling, remaining, met });
  }

  /** The last instant of the day that lies the interval after today (RKN-S3a). */
  private async attestBy(
    institutionId: number,
    at: Instant,
  ): Promise<Result<Instant, Refusal<ReviewRefusal>>> {
    const today = CivilDate.inTokyo(at);
    const months = await this.desk.institutions.read(institutionId, INTERVAL, today);
    if (!months.ok) return refused('parameter_unset', { ...months.refusal, clause: 'RKN-S3a' });
    return accepted(today.plusMonths(months.value.interval).plusDays(1).startsAt() - 1);
  }
}

const judgedIn = (institutionId: number, view: FilingView): Judged => ({
  institutionId,
  standardVersion: nameOfVersion(view.standard.version),
  unmet: view.unmet,
  points: view.score.points ?? -1,
});
