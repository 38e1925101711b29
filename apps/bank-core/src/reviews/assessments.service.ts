import { Inject, Injectable } from '@nestjs/common';
import { accepted, newId, refused, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { StaffMember } from '../staff/index.js';
import { answersTo } from './domain/answer.js';
import { differenceOf, type ItemDifference } from './domain/difference.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import { scoreOf, type Score } from './domain/score.js';
import type { Standard } from './domain/standard.js';
import {
  insufficientItems,
  type Filing,
  type Submission,
  type SubmittedContent,
} from './domain/submission.js';
import { ReviewDesk, type ReviewTelling } from './review-desk.js';
import { EvidenceService, type EvidenceView } from './evidence.service.js';
import { FilingStore } from './storage/filing.store.pg.js';
import { StandardStore } from './storage/standard.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';

type Answered<Value> = Promise<Result<Value, Refusal<ReviewRefusal>>>;

/** A submission as the officers of one institution judge it. */
export interface FilingView {
  readonly filing: Filing;
  readonly submission: Submission;
  /** The state of the review's machine, and whether this submission is the one it is about. */
  readonly state: string;
  readonly isCurrent: boolean;
  readonly content: SubmittedContent;
  readonly standard: Standard;
  readonly unmet: readonly string[];
  readonly score: Score;
  readonly difference:
    { readonly against: string; readonly items: readonly ItemDifference[] } | undefined;
  readonly evidence: readonly EvidenceView[];
}

/** What officers do with a submission before two of them decide: open, ask, return (RKN-S3b). */
@Injectable()
export class AssessmentsService {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(SubmissionStore) private readonly submissions: SubmissionStore,
    @Inject(FilingStore) private readonly filings: FilingStore,
    @Inject(StandardStore) private readonly standards: StandardStore,
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
  ) {}

  list(
    institutionId: number,
    epspId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<Filing[]> {
    return this.desk.database.inInstitution(institutionId, (tx) =>
      this.filings.list(tx, epspId, page),
    );
  }

  /** Everything about one submission at one institution, its score against the newest standard. */
  view(institutionId: number, epspId: string, id: string): Answered<FilingView> {
    return this.desk.database.inInstitution(institutionId, (tx) =>
      this.viewIn(tx, institutionId, epspId, id),
    );
  }

  async viewIn(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    id: string,
  ): Answered<FilingView> {
    const at = await this.desk.clock.now();
    const filing = await this.filings.find(tx, id);
    const submission = await this.submissions.find(tx, id);
    const content = await this.submissions.content(tx, id);
    const standard = await this.standards.newest(tx);
    if (!submission || !content || !standard || filing?.epspId !== epspId)
      return refused('submission_unknown');
    const { name, facts } = await this.desk.state(tx, institutionId, epspId, at);
    const marks = insufficientItems(await this.filings.comments(tx, id));
    const read = answersTo(standard.items, content.answers);
    const isMet = new Set<string>(['met', 'not_applicable']);
    return accepted({
      filing,
      submission,
      state: name,
      isCurrent: facts.submissionId === id,
      content,
      standard,
      unmet: read.flatMap(({ item, answer }) =>
        isMet.has(answer) && !marks.has(item) ? [] : [item],
      ),
      score: scoreOf(standard.items, content.answers, marks),
      difference: await this.differenceIn(tx, submission, content),
      evidence: await this.evidenceIn(tx, institutionId, content),
    });
  }

  openAssessment(
    institutionId: number,
    epspId: string,
    id: string,
    by: StaffMember,
  ): Answered<{ readonly state: string }> {
    return this.take(institutionId, epspId, id, (eventId) => ({
      type: 'assessment_opened',
      id: eventId,
      submissionId: id,
      by: by.personId,
    }));
  }

  /** Returned with a reason, which the intermediary reads in its letter and among the comments. */
  async giveBack(
    institutionId: number,
    epspId: string,
    id: string,
    about: { readonly by: StaffMember; readonly reason: string; readonly items: readonly string[] },
  ): Answered<{ readonly state: string }> {
    const { by, reason, items } = about;
    const telling = (eventId: string): ReviewTelling => ({
      type: 'checklist_returned',
      id: eventId,
      institution: String(institutionId),
      submissionId: id,
      by: by.personId,
      items,
      reason,
    });
    return this.take(institutionId, epspId, id, telling, async (tx, at) => {
      const written = { id: newId('cmt', at), submissionId: id, body: reason, writtenAt: at };
      const from = { side: 'institution', author: by.mailAddress } as const;
      const comment = { ...written, ...from, itemId: undefined, mark: undefined };
      await this.filings.comment(tx, institutionId, { ...comment, isInternal: false });
    });
  }

  private take(
    institutionId: number,
    epspId: string,
    id: string,
    tellingOf: (eventId: string) => ReviewTelling,
    more: (tx: Transaction, at: number) => Promise<void> = () => Promise.resolve(),
  ): Answered<{ readonly state: string }> {
    return this.desk.database.inInstitution(institutionId, async (tx) => {
      const at = await this.desk.clock.now();
      const filing = await this.filings.find(tx, id);
      if (filing?.epspId !== epspId) return refused('submission_unknown');
      const { facts } = await this.desk.state(tx, institutionId, epspId, at);
      // What was submitted since is what the review is about now.
      if (facts.submissionId !== id) return refused('event_out_of_order', { clause: 'RKN-S3b' });
      const told = await this.desk.tell(tx, institutionId, epspId, tellingOf(newId('evt', at)), at);
      if (!told.ok) return told;
      await more(tx, at);
      return accepted({ state: told.value.state.name });
    });
  }

  private async differenceIn(tx: Transaction, { basedOn }: Submission, after: SubmittedContent) {
    const before = basedOn && (await this.submissions.content(tx, basedOn));
    return before ? { against: basedOn, items: differenceOf(before, after) } : undefined;
  }

  private async evidenceIn(
    tx: Transaction,
    institutionId: number,
    content: SubmittedContent,
  ): Promise<EvidenceView[]> {
    const ids = [...new Set(content.answers.flatMap(({ evidence }) => evidence))];
    const found: EvidenceView[] = [];
    for (const id of ids) {
      const view = await this.evidence.view(tx, institutionId, id);
      if (view.ok) found.push(view.value);
    }
    return found;
  }
}
