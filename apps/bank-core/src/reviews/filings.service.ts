import { Inject, Injectable, Optional } from '@nestjs/common';
import { dutiesOf, incompleteItems, type MachineDuty, type ReviewState } from '#libs/contracts';
import { accepted, hashOf, newId, refused, type Refusal, type Result } from '#libs/kernel';
import type { IdempotencyRefusal, Transaction } from '#libs/platform';
import type { InternalCaller } from '../platform/internal-caller.js';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import { Jobs } from '../platform/jobs.js';
import { answersTo } from './domain/answer.js';
import type { KeptGap } from './domain/gaps.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import { isUsable } from './domain/evidence.js';
import { askedIn, type Standard } from './domain/standard.js';
import type { Comment, Filing, SubmittedContent } from './domain/submission.js';
import { ReviewDesk, type ReviewTelling } from './review-desk.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';
import { FilingStore } from './storage/filing.store.pg.js';
import { StandardStore } from './storage/standard.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';

type Answered<Value> = Promise<Result<Value, Refusal<ReviewRefusal>>>;

/** Where the review of one intermediary stands at one institution. */
export interface ReviewStanding {
  readonly institutionId: number;
  readonly state: ReviewState;
  readonly duties: readonly MachineDuty[];
  readonly standard: Standard | undefined;
  readonly openGaps: readonly KeptGap[];
}

const LOOK_EVERY_MS = 15_000;

/** Brings submissions to institutions, each in a transaction of its own, once, whoever dies in between (RKN-S3a). */
@Injectable()
export class FilingsService {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(SubmissionStore) private readonly submissions: SubmissionStore,
    @Inject(FilingStore) private readonly filings: FilingStore,
    @Inject(StandardStore) private readonly standards: StandardStore,
    @Inject(EvidenceStore) private readonly evidence: EvidenceStore,
    // A command has no jobs: what it leaves undone is taken up by the server.
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(LOOK_EVERY_MS, { name: 'filings', run: () => this.fileOpen() });
  }

  /**
   * Submits a draft to institutions, or sends what was submitted to further ones: all of them or none. Refuses with
   * the first refusal and names its institution: `submission_incomplete` (RKN-S2/a), `event_out_of_order`,
   * `submission_immutable`, `standard_unknown`, `institution_not_covered`.
   */
  async submit(
    caller: InternalCaller,
    id: string,
    institutionIds: readonly number[],
  ): Answered<readonly Filing[]> {
    const { epspId, clientId } = caller;
    const covered = new Set(await this.desk.coveredBy(epspId));
    const content = await this.contentOf(epspId, id, [...covered]);
    if (!content.ok) return content;
    for (const institutionId of institutionIds) {
      const isCovered = covered.has(institutionId);
      const refusal = isCovered
        ? await this.wouldRefuse(institutionId, id, content.value)
        : refused('institution_not_covered', { clause: 'RKN-0.2' }).refusal;
      if (refusal) return { ok: false, refusal: await this.at(institutionId, refusal) };
    }
    const bound = await this.desk.asParty(caller, async (tx, at, note) => {
      const locked = await this.submissions.lock(tx, id);
      if (locked?.epspId !== epspId) return refused('submission_unknown');
      if (locked.submittedAt === undefined) {
        const now = (await this.submissions.answers(tx, id)).map(({ answer }) => answer);
        // What was judged complete is what becomes binding, and nothing that was written meanwhile.
        if (hashOf(now) !== hashOf(content.value.answers)) return refused('version_conflict');
        await this.submissions.submit(tx, id, content.value, { clientId, at });
      }
      await this.submissions.aim(tx, id, institutionIds, at);
      await note('checklist_submitted', { submissionId: id, institutionIds });
      return accepted(undefined);
    });
    if (!bound.ok) return bound;
    await this.fileOpen(id);
    return accepted(await this.filingsOf(id, institutionIds));
  }

  /** Takes up what was sent and has not been taken in: of one submission, or of all. */
  async fileOpen(submissionId?: string): Promise<void> {
    const open = await this.desk.database.transaction((tx) =>
      this.submissions.openTargets(tx, submissionId),
    );
    for (const target of open) await this.file(target.submissionId, target.institutionId);
  }

  /** Where the intermediary's reviews stand, institution by institution. */
  async standings(epspId: string): Promise<ReviewStanding[]> {
    const found: ReviewStanding[] = [];
    for (const institutionId of await this.desk.coveredBy(epspId))
      found.push(await this.standing(institutionId, epspId));
    return found;
  }

  async standing(institutionId: number, epspId: string): Promise<ReviewStanding> {
    const at = await this.desk.clock.now();
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const state = await this.desk.state(tx, institutionId, epspId, at);
      const standard = await this.standards.newest(tx);
      const openGaps = await this.standards.gaps(tx, { epspId, isOpen: true });
      const duties = dutiesOf(this.desk.review.machine, state);
      return { institutionId, state, duties, standard, openGaps };
    });
  }

  /** What was said of a submission at one institution; an intermediary reads what is meant for it. */
  comments(
    institutionId: number,
    epspId: string,
    submissionId: string,
    reader: Comment['side'],
  ): Answered<readonly Comment[]> {
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const filing = await this.filings.find(tx, submissionId);
      if (filing?.epspId !== epspId) return refused('submission_unknown');
      const all = await this.filings.comments(tx, submissionId);
      return accepted(all.filter(({ isInternal }) => reader === 'institution' || !isInternal));
    });
  }

  comment(
    institutionId: number,
    epspId: string,
    comment: Omit<Comment, 'id' | 'writtenAt'>,
  ): Answered<Comment> {
    return this.desk.database.inInstitution(institutionId, (tx) =>
      this.write(tx, institutionId, epspId, comment),
    );
  }

  /** As `comment` by software, once per key: sent twice it is written once. */
  commentOnce(
    institutionId: number,
    { epspId, clientId, key }: { epspId: string; clientId: string; key: string },
    comment: Omit<Comment, 'id' | 'writtenAt'>,
  ): Promise<Result<KeptAnswer<Comment>, Refusal<ReviewRefusal | IdempotencyRefusal>>> {
    const route = `checklists/${comment.submissionId}/comments`;
    const call = { institutionId, clientId, route, key, content: comment };
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const filing = await this.filings.find(tx, comment.submissionId);
      if (filing?.epspId !== epspId) return refused('submission_unknown');
      return actOnce(tx, call, () => this.write(tx, institutionId, epspId, comment));
    });
  }

  private async write(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    comment: Omit<Comment, 'id' | 'writtenAt'>,
  ): Answered<Comment> {
    const at = await this.desk.clock.now();
    const filing = await this.filings.find(tx, comment.submissionId);
    if (filing?.epspId !== epspId) return refused('submission_unknown');
    const content = await this.submissions.content(tx, comment.submissionId);
    const { itemId } = comment;
    const isKnown = content?.items.some((item) => item.itemId === itemId) ?? false;
    if (itemId !== undefined && !isKnown)
      return refused('item_unknown', { facts: { item: itemId } });
    const written = { ...comment, id: newId('cmt', at), writtenAt: at };
    await this.filings.comment(tx, institutionId, written);
    await this.desk.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'checklist_commented',
      epspId,
      content: { submissionId: comment.submissionId, commentId: written.id, side: comment.side },
    });
    return accepted(written);
  }

  private async contentOf(
    epspId: string,
    id: string,
    covered: readonly number[],
  ): Answered<SubmittedContent> {
    const standards: Standard[] = [];
    for (const institutionId of covered) {
      const newest = await this.desk.database.inInstitution(institutionId, (tx) =>
        this.standards.newest(tx),
      );
      if (newest) standards.push(newest);
    }
    return this.desk.database.transaction(async (tx): Answered<SubmittedContent> => {
      const submission = await this.submissions.find(tx, id);
      if (submission?.epspId !== epspId) return refused('submission_unknown');
      const kept = await this.submissions.content(tx, id);
      if (kept) return accepted(kept);
      const answers = await this.submissions.answers(tx, id);
      const items = askedIn(standards).map(({ item }) => item);
      return accepted({ epspId, items, answers: answers.map(({ answer }) => answer) });
    });
  }

  private wouldRefuse(
    institutionId: number,
    id: string,
    content: SubmittedContent,
  ): Promise<Refusal<ReviewRefusal> | undefined> {
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const at = await this.desk.clock.now();
      const standard = await this.standards.newest(tx);
      if (!standard) return refused('standard_unknown', { clause: 'RKN-S3b' }).refusal;
      const told = await this.filed(tx, standard, id, content);
      const said = await this.desk.wouldSay(tx, institutionId, content.epspId, told, at);
      if (said.ok || said.refusal.code === 'event_repeated') return undefined;
      if (said.refusal.code !== 'submission_incomplete') return said.refusal;
      return { ...said.refusal, facts: { ...said.refusal.facts, items: told.incompleteItems } };
    });
  }

  private async file(id: string, institutionId: number): Promise<void> {
    const at = await this.desk.clock.now();
    await this.desk.database.inInstitution(institutionId, async (tx) => {
      const content = await this.submissions.content(tx, id);
      const standard = await this.standards.newest(tx);
      if (!content || !standard) return;
      const { epspId } = content;
      const told = await this.filed(tx, standard, id, content);
      const said = await this.desk.tell(tx, institutionId, epspId, told, at);
      if (said.ok) {
        const standardVersion = standard.version;
        const filing = { institutionId, submissionId: id, epspId, standardVersion, filedAt: at };
        await this.filings.insert(tx, filing);
      }
      const isFiled = said.ok || said.refusal.code === 'event_repeated';
      const outcome = isFiled ? { filedAt: at } : { refused: said.refusal.code };
      await this.submissions.closeTarget(tx, id, institutionId, outcome);
    });
  }

  /** The event of a filing; its id makes it happen once. */
  private async filed(
    tx: Transaction,
    { items }: Standard,
    id: string,
    { answers }: SubmittedContent,
  ): Promise<Extract<ReviewTelling, { type: 'checklist_submitted' }>> {
    const named = [...new Set(answers.flatMap(({ evidence }) => evidence))];
    const files = await this.evidence.several(tx, named);
    const usable = new Set(files.filter(isUsable).map((file) => file.id));
    const read = answersTo(items, answers, (evidenceId) => usable.has(evidenceId));
    return {
      type: 'checklist_submitted',
      id: `filed:${id}`,
      submissionId: id,
      incompleteItems: [...incompleteItems(read)],
    };
  }

  private async filingsOf(id: string, institutionIds: readonly number[]): Promise<Filing[]> {
    const found: Filing[] = [];
    for (const institutionId of institutionIds) {
      const filing = await this.desk.database.inInstitution(institutionId, (tx) =>
        this.filings.find(tx, id),
      );
      if (filing) found.push(filing);
    }
    return found;
  }

  private async at(
    institutionId: number,
    refusal: Refusal<ReviewRefusal>,
  ): Promise<Refusal<ReviewRefusal>> {
    const { bankCode } = await this.desk.institutions.byId(institutionId);
    return { ...refusal, facts: { ...refusal.facts, bankCode } };
  }
}
