import { Inject, Injectable } from '@nestjs/common';
import { accepted, newId, refused, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { InternalCaller } from '../platform/internal-caller.js';
import { refusalOfAnswer, type ItemAnswer } from './domain/answer.js';
import { wordingOf } from './domain/checklist-item.js';
import { differenceOf, type ItemDifference } from './domain/difference.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import type { AskedItem } from './domain/standard.js';
import type { KeptAnswer, Submission, SubmittedContent } from './domain/submission.js';
import { ReviewDesk } from './review-desk.js';
import { StandardsService } from './standards.service.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';

/** A submission with what is asked and answered in it. */
export interface SubmissionView {
  readonly submission: Submission;
  readonly items: readonly Pick<AskedItem, 'item' | 'wording'>[];
  readonly answers: readonly KeptAnswer[];
  readonly targets: Awaited<ReturnType<SubmissionStore['targets']>>;
}

export interface Difference {
  /** The submission it began with; undefined where it is the first. */
  readonly against: string | undefined;
  readonly items: readonly ItemDifference[];
}

type Answered<Value> = Promise<Result<Value, Refusal<ReviewRefusal>>>;

/** What an intermediary writes: one draft at a time, answered once for every institution that asks (RKN-S3a). */
@Injectable()
export class SubmissionsService {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(StandardsService) private readonly standards: StandardsService,
    @Inject(SubmissionStore) private readonly store: SubmissionStore,
    @Inject(EvidenceStore) private readonly evidence: EvidenceStore,
  ) {}

  /** The open draft, or a new one that begins with the last answers to what is still asked. */
  async begin(caller: InternalCaller): Promise<{ submission: Submission; isNew: boolean }> {
    const { epspId } = caller;
    const asked = new Set((await this.standards.askedOf(epspId)).map(({ wording }) => wording));
    return this.desk.asParty(caller, async (tx, at, note) => {
      const last = await this.store.lastSubmitted(tx, epspId);
      const id = newId('sub', at);
      const isNew = await this.store.begin(tx, { id, epspId, basedOn: last?.id, begunAt: at });
      const submission = await this.store.draft(tx, epspId);
      if (!submission) throw new Error(`${epspId} began a draft that is not there.`);
      if (!isNew) return { submission, isNew };
      const content = last && (await this.store.content(tx, last.id));
      const answers = (content?.answers ?? []).filter(({ wording }) => asked.has(wording));
      const files = await this.evidence.several(tx, [
        ...new Set(answers.flatMap(({ evidence }) => evidence)),
      ]);
      const kept = new Set(files.filter(({ erasedAt }) => !erasedAt).map((file) => file.id));
      for (const answer of answers) {
        const evidence = answer.evidence.filter((one) => kept.has(one));
        await this.store.putAnswer(tx, id, { ...answer, evidence }, 0, at);
      }
      await note('checklist_draft_begun', { submissionId: id, basedOn: last?.id ?? null });
      return { submission, isNew };
    });
  }

  /**
   * Writes one answer over the version that was read (0: none). Refuses with `submission_immutable` after it was
   * submitted (RKN-S3a/a), `item_unknown`, `reason_required`, `evidence_unknown`, `evidence_infected` and
   * `version_conflict`.
   */
  async put(
    caller: InternalCaller,
    id: string,
    answer: ItemAnswer,
    read: number,
  ): Answered<KeptAnswer> {
    const lacking = refusalOfAnswer(answer);
    if (lacking) return { ok: false, refusal: lacking };
    const { itemId, wording } = answer;
    const isAsked = await this.standards.isAsked(caller.epspId, itemId, wording);
    return this.desk.asParty(caller, async (tx, at): Answered<KeptAnswer> => {
      const submission = await this.store.lock(tx, id);
      if (submission?.epspId !== caller.epspId) return refused('submission_unknown');
      if (submission.submittedAt !== undefined)
        return refused('submission_immutable', { clause: 'RKN-S3a' });
      if (!isAsked) return refused('item_unknown', { facts: { item: itemId } });
      const files = await this.evidence.several(tx, answer.evidence);
      const own = new Map(files.map((file) => [file.id, file]));
      for (const evidenceId of answer.evidence) {
        const file = own.get(evidenceId);
        if (file?.epspId !== caller.epspId)
          return refused('evidence_unknown', { facts: { evidence: evidenceId } });
        if (file.erasedAt !== undefined)
          return refused('evidence_erased', { facts: { evidence: evidenceId } });
        if (file.state === 'infected')
          return refused('evidence_infected', { facts: { evidence: evidenceId } });
      }
      const kept = await this.store.putAnswer(tx, id, answer, read, at);
      return kept ? accepted(kept) : refused('version_conflict');
    });
  }

  list(
    epspId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<Submission[]> {
    return this.desk.database.transaction((tx) => this.store.list(tx, epspId, page));
  }

  /** A draft with what is asked now; what was submitted with the items as they were shown then. */
  async read(epspId: string, id: string): Answered<SubmissionView> {
    const asked = await this.standards.askedOf(epspId);
    return this.desk.database.transaction(async (tx): Answered<SubmissionView> => {
      const submission = await this.store.find(tx, id);
      if (submission?.epspId !== epspId) return refused('submission_unknown');
      const { items } = await this.contentOf(tx, submission, asked);
      return accepted({
        submission,
        items: items.map((item) => ({ item, wording: wordingOf(item) })),
        answers: await this.store.answers(tx, id),
        targets: await this.store.targets(tx, id),
      });
    });
  }

  /** What it changes against the submission that it began with, where there was one (RKN-S3a/a). */
  async difference(epspId: string, id: string): Answered<Difference> {
    const asked = await this.standards.askedOf(epspId);
    return this.desk.database.transaction(async (tx): Answered<Difference> => {
      const submission = await this.store.find(tx, id);
      if (submission?.epspId !== epspId) return refused('submission_unknown');
      const against = submission.basedOn;
      const before = against && (await this.store.content(tx, against));
      if (!before) return accepted({ against: undefined, items: [] });
      const after = await this.contentOf(tx, submission, asked);
      return accepted({ against, items: differenceOf(before, after) });
    });
  }

  private async contentOf(
    tx: Transaction,
    submission: Submission,
    asked: readonly AskedItem[],
  ): Promise<SubmittedContent> {
    const kept = await this.store.content(tx, submission.id);
    if (kept) return kept;
    const answers = await this.store.answers(tx, submission.id);
    const items = asked.map(({ item }) => item);
    return { epspId: submission.epspId, items, answers: answers.map(({ answer }) => answer) };
  }
}
