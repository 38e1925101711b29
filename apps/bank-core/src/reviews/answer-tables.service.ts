import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, refused, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { InternalCaller } from '../platform/internal-caller.js';
import { answersCsv, answersFromCsv } from './csv-table.js';
import { hashesNamed, readAnswerRows, type AnswerGround } from './domain/answer-table.js';
import type { ReviewRefusal } from './domain/review.refusals.js';
import type { AskedItem } from './domain/standard.js';
import { ReviewDesk } from './review-desk.js';
import { StandardsService } from './standards.service.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';

type Answered<Value> = Promise<Result<Value, Refusal<ReviewRefusal>>>;

/** A checklist as a table that people fill in elsewhere and bring back: every line or none (RKN-S3a). */
@Injectable()
export class AnswerTables {
  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(StandardsService) private readonly standards: StandardsService,
    @Inject(SubmissionStore) private readonly store: SubmissionStore,
    @Inject(EvidenceStore) private readonly evidence: EvidenceStore,
  ) {}

  /** A draft with what is asked now; what was submitted with the items as they were shown then. */
  async exported(epspId: string, id: string): Answered<string> {
    const asked = await this.standards.askedOf(epspId);
    return this.desk.database.transaction(async (tx): Answered<string> => {
      const submission = await this.store.find(tx, id);
      if (submission?.epspId !== epspId) return refused('submission_unknown');
      return accepted(answersCsv(await this.ground(tx, id, asked)));
    });
  }

  /**
   * Writes what the table changes, in one transaction. Refuses with `file_malformed` where it cannot be read as one,
   * `submission_immutable` (RKN-S3a/a), and `answers_refused` with every line that is wrong.
   */
  async imported(
    caller: InternalCaller,
    id: string,
    bytes: Buffer,
  ): Answered<{ readonly changed: number }> {
    const draft = await this.desk.database.transaction((tx) => this.store.find(tx, id));
    // Whose it is comes before what it says (T-20).
    if (draft?.epspId !== caller.epspId) return refused('submission_unknown');
    const rows = answersFromCsv(bytes);
    if (!rows.ok) return rows;
    const asked = await this.standards.askedOf(caller.epspId);
    return this.desk.asParty(caller, async (tx, at, note): Answered<{ changed: number }> => {
      const submission = await this.store.lock(tx, id);
      if (submission?.epspId !== caller.epspId) return refused('submission_unknown');
      if (submission.submittedAt !== undefined)
        return refused('submission_immutable', { clause: 'RKN-S3a' });
      const ground = await this.ground(tx, id, asked);
      const hashes = hashesNamed(rows.value);
      const files = await this.evidence.byHash(tx, caller.epspId, hashes);
      const changes = readAnswerRows(rows.value, { ...ground, files });
      if (!changes.ok) return changes;
      for (const { answer, read } of changes.value) {
        const kept = await this.store.putAnswer(tx, id, answer, read, at);
        assert(kept, 'Nobody else writes to a draft that is locked.');
      }
      const changed = changes.value.length;
      if (changed > 0) {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        await note('checklist_answers_imported', { submissionId: id, sha256, changed });
      }
      return accepted({ changed });
    });
  }

  private async ground(
    tx: Transaction,
    id: string,
    asked: readonly AskedItem[],
  ): Promise<AnswerGround> {
    const content = await this.store.content(tx, id);
    const kept = await this.store.answers(tx, id);
    const named = [...new Set(kept.flatMap(({ answer }) => answer.evidence))];
    const files = await this.evidence.several(tx, named);
    return { items: content?.items ?? asked.map(({ item }) => item), kept, files };
  }
}
