import { Inject, Injectable } from '@nestjs/common';
import { endOfPeriod, rknParameters } from '#libs/contracts';
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
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type StaffMember,
} from '../staff/index.js';
import type { ChecklistItem } from './domain/checklist-item.js';
import { gapsOf, nextDue, supersededBy, type KeptGap } from './domain/gaps.js';
import { reviewSentences, type ReviewRefusal } from './domain/review.refusals.js';
import { nameOfVersion, type Standard } from './domain/standard.js';
import { reviewStatuses } from './http/review.problems.js';
import { ReviewDesk } from './review-desk.js';
import { StandardStore } from './storage/standard.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';
import { TemplateStore } from './storage/template.store.pg.js';

/** What two people publish: a template's items but for those left out, from a day on, at each institution. */
export interface PublicationContent {
  readonly institutionIds: readonly number[];
  readonly templateId: string;
  readonly templateVersion: number;
  /** Binds the approval to the items as the proposer saw them. */
  readonly templateHash: string;
  readonly effectiveFrom: string;
  readonly leaveOut: readonly string[];
}

/** What became of it at one institution. */
export type PublicationOutcome =
  | { readonly version: string; readonly gapsOpened: number }
  | { readonly refused: ReviewRefusal; readonly clause: string };

interface Publication {
  readonly content: PublicationContent;
  readonly institutionId: number;
  readonly proposalId: string;
  readonly at: Instant;
}

/** 金融機関の定める基準 (RKN-S3b): proposed by one, approved by another, published at each institution on its own. */
@Injectable()
export class StandardPublication implements ProposalKind<PublicationContent> {
  readonly kind = 'standard_publication';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-S3b';

  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(ProposalDesk) private readonly proposals: ProposalDesk,
    @Inject(TemplateStore) private readonly templates: TemplateStore,
    @Inject(StandardStore) private readonly store: StandardStore,
    @Inject(SubmissionStore) private readonly submissions: SubmissionStore,
  ) {
    proposals.register(this);
  }

  async propose(
    by: StaffMember,
    asked: Omit<PublicationContent, 'templateHash'>,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const { templateId, templateVersion } = asked;
    const template = await this.desk.database.transaction((tx) =>
      this.templates.find(tx, templateId, templateVersion),
    );
    if (!template) return refused('template_unknown');
    const content = { ...asked, templateHash: template.contentHash };
    return this.proposals.propose(by, this.kind, content, asked.institutionIds);
  }

  /** Refuses a day that has passed, an item that is not there, and what would change nothing anywhere. */
  async check(content: PublicationContent): Promise<Result<void, Refusal<string>>> {
    const at = await this.desk.clock.now();
    const today = CivilDate.inTokyo(at);
    if (CivilDate.from(content.effectiveFrom).isBefore(today))
      return refused('deadline_in_the_past', { clause: 'RKN-S3b' });
    const items = await this.desk.database.transaction((tx) => this.itemsOf(tx, content));
    const unknown = content.leaveOut.find((id) => !items.all.some(({ itemId }) => itemId === id));
    if (unknown !== undefined) return refused('item_unknown', { facts: { item: unknown } });
    if (items.asked.length === 0) return refused('item_required', { clause: 'RKN-S3b' });
    const could = async (institutionId: number) => {
      const refusal = await this.desk.database.inInstitution(institutionId, (tx) =>
        this.refusalAt(tx, institutionId, items.asked, at),
      );
      return refusal ? refused(refusal.code, refusal) : accepted(undefined);
    };
    return oneIsEnough(content.institutionIds, could, { code: 'standard_unchanged' });
  }

  /** Publishes at one institution, and opens a gap for every item and intermediary that has to move (RKN-S3b/a). */
  async carryOut(
    tx: Transaction,
    step: ProposalStep<PublicationContent>,
  ): Promise<PublicationOutcome> {
    const { content, institutionId = 0, at, proposal } = step;
    const { asked: items } = await this.itemsOf(tx, content);
    const refusal = await this.refusalAt(tx, institutionId, items, at);
    if (refusal) return { refused: refusal.code, clause: refusal.clause ?? 'RKN-S3b' };
    const before = await this.store.newest(tx);
    const publication = { content, institutionId, proposalId: proposal.id, at };
    const standard = standardOf(publication, items, (before?.version ?? 0) + 1);
    await this.store.insert(tx, { ...standard, proposalId: proposal.id });
    const dueAt = await this.endOfTransition(standard, at);
    let gapsOpened = 0;
    const { matters } = this.desk.review.desk;
    for (const { key: epspId } of await matters.all(tx, this.desk.review))
      gapsOpened += await this.tellParty(tx, { standard, before, epspId, dueAt, at });
    await this.desk.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'standard_published',
      content: { version: standard.version, contentHash: hashOf(items), gapsOpened },
    });
    return { version: nameOfVersion(standard.version), gapsOpened };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<ReviewRefusal>, reviewStatuses, reviewSentences);
  }

  /** Tells the machine; where it does not wait for a standard there is nothing to move yet. */
  private async tellParty(
    tx: Transaction,
    {
      standard,
      before,
      epspId,
      dueAt,
      at,
    }: {
      readonly standard: Omit<Standard, 'contentHash'>;
      readonly before: Standard | undefined;
      readonly epspId: string;
      readonly dueAt: Instant;
      readonly at: Instant;
    },
  ): Promise<number> {
    const { institutionId, version } = standard;
    const { facts } = await this.desk.state(tx, institutionId, epspId, at);
    const content = facts.submissionId && (await this.submissions.content(tx, facts.submissionId));
    const answers = content ? content.answers : [];
    const gaps = gapsOf(standard.items, before?.items ?? [], answers);
    const open = await this.store.gaps(tx, { epspId, isOpen: true });
    const superseded = supersededBy(open, standard.items, gaps);
    const fresh: KeptGap[] = gaps.flatMap(({ itemId, kind }) =>
      kind === 'unmet' ? [] : [{ ...NEW, version, epspId, itemId, kind, openedAt: at, dueAt }],
    );
    const running = [...open.filter((gap) => !superseded.includes(gap)), ...fresh];
    const told = await this.desk.tell(
      tx,
      institutionId,
      epspId,
      {
        type: 'standard_published',
        id: `standard:${nameOfVersion(version)}`,
        version: nameOfVersion(version),
        gaps: running.map(({ itemId }) => itemId),
        closeBy: nextDue(running, at) ?? dueAt,
      },
      at,
    );
    if (!told.ok) return 0;
    for (const gap of superseded) await this.store.endGap(tx, gap, { by: 'superseded' }, at);
    for (const gap of fresh) await this.store.openGap(tx, institutionId, gap);
    return fresh.length;
  }

  private async refusalAt(
    tx: Transaction,
    institutionId: number,
    items: readonly ChecklistItem[],
    at: Instant,
  ): Promise<Refusal<ReviewRefusal> | undefined> {
    const newest = await this.store.newest(tx);
    if (newest?.contentHash === hashOf(items))
      return { code: 'standard_unchanged', clause: 'RKN-S3b' };
    const days = await this.desk.institutions.read(
      institutionId,
      TRANSITION,
      CivilDate.inTokyo(at),
    );
    return days.ok ? undefined : days.refusal;
  }

  /** From the day on which it is published or takes effect, whichever is later. */
  private async endOfTransition(
    { institutionId, effectiveFrom }: Omit<Standard, 'contentHash'>,
    at: Instant,
  ): Promise<Instant> {
    const days = await this.desk.institutions.read(
      institutionId,
      TRANSITION,
      CivilDate.inTokyo(at),
    );
    if (!days.ok) throw new Error('The transition was set a moment ago.');
    return endOfPeriod(Math.max(at, effectiveFrom.startsAt()), days.value.transition);
  }

  private async itemsOf(tx: Transaction, content: PublicationContent) {
    const template = await this.templates.find(tx, content.templateId, content.templateVersion);
    const all = template?.items ?? [];
    return { all, asked: all.filter(({ itemId }) => !content.leaveOut.includes(itemId)) };
  }
}

const TRANSITION = { transition: rknParameters.standardTransition };
const NEW = { endedAt: undefined, endedBy: undefined, submissionId: undefined } as const;

const standardOf = (
  { content, institutionId, at }: Publication,
  items: readonly ChecklistItem[],
  version: number,
): Omit<Standard, 'contentHash'> => ({
  institutionId,
  version,
  effectiveFrom: CivilDate.from(content.effectiveFrom),
  templateId: content.templateId,
  templateVersion: content.templateVersion,
  items,
  publishedAt: at,
});
