import { Injectable } from '@nestjs/common';
import { canonicalJson, hashOf, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ItemAnswer } from '../domain/answer.js';
import type { KeptAnswer, Submission, SubmittedContent } from '../domain/submission.js';

interface SubmissionRow {
  id: string;
  epsp_id: string;
  based_on: string | null;
  begun_at: Instant;
  submitted_at: Instant | null;
  submitted_by: string | null;
  content_hash: string | null;
}

interface AnswerRow {
  answer: ItemAnswer;
  version: number;
  updated_at: Instant;
}

const SELECT = `select id, epsp_id, based_on, begun_at, submitted_at, submitted_by, content_hash
  from federation.submission`;

/** Submissions belong to their intermediary and to the federation: one serves many institutions. */
@Injectable()
export class SubmissionStore {
  async find(tx: Transaction, id: string): Promise<Submission | undefined> {
    const [row] = await tx.query<SubmissionRow>(`${SELECT} where id = $1`, [id]);
    return row && submissionOf(row);
  }

  /** Locked until the transaction ends: a draft is submitted once. */
  async lock(tx: Transaction, id: string): Promise<Submission | undefined> {
    const [row] = await tx.query<SubmissionRow>(`${SELECT} where id = $1 for update`, [id]);
    return row && submissionOf(row);
  }

  async list(
    tx: Transaction,
    epspId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<Submission[]> {
    const rows = await tx.query<SubmissionRow>(
      `${SELECT} where epsp_id = $1 and ($2::text is null or id < $2) order by id desc limit $3`,
      [epspId, page.before ?? null, page.limit],
    );
    return rows.map(submissionOf);
  }

  /** The open draft of an intermediary, of which there is one at most. */
  async draft(tx: Transaction, epspId: string): Promise<Submission | undefined> {
    const [row] = await tx.query<SubmissionRow>(
      `${SELECT} where epsp_id = $1 and submitted_at is null`,
      [epspId],
    );
    return row && submissionOf(row);
  }

  async lastSubmitted(tx: Transaction, epspId: string): Promise<Submission | undefined> {
    const [row] = await tx.query<SubmissionRow>(
      `${SELECT} where epsp_id = $1 and submitted_at is not null order by submitted_at desc, id desc
       limit 1`,
      [epspId],
    );
    return row && submissionOf(row);
  }

  /** Two that begin at once: the second finds the draft of the first. */
  async begin(
    tx: Transaction,
    draft: Pick<Submission, 'id' | 'epspId' | 'basedOn' | 'begunAt'>,
  ): Promise<boolean> {
    const rows = await tx.query(
      `insert into federation.submission (id, epsp_id, based_on, begun_at)
       values ($1, $2, $3, to_timestamp($4::float8 / 1000)) on conflict do nothing returning id`,
      [draft.id, draft.epspId, draft.basedOn ?? null, draft.begunAt],
    );
    return rows.length === 1;
  }

  async answers(tx: Transaction, id: string): Promise<KeptAnswer[]> {
    const rows = await tx.query<AnswerRow>(
      `select answer, version, updated_at from federation.submission_answer
       where submission_id = $1 order by item_id, wording`,
      [id],
    );
    return rows.map(({ answer, version, updated_at }) => ({
      answer,
      version,
      updatedAt: updated_at,
    }));
  }

  /** Writes over the version that was read, 0 for none; undefined where it is no longer that one. */
  async putAnswer(
    tx: Transaction,
    id: string,
    answer: ItemAnswer,
    read: number,
    at: Instant,
  ): Promise<KeptAnswer | undefined> {
    const [row] = await tx.query<{ version: number }>(
      read === 0
        ? `insert into federation.submission_answer (submission_id, item_id, wording, answer, version,
             updated_at) values ($1, $2, $3, $4, $5 + 1, to_timestamp($6::float8 / 1000))
           on conflict do nothing returning version`
        : `update federation.submission_answer set answer = $4, version = version + 1,
             updated_at = to_timestamp($6::float8 / 1000)
           where submission_id = $1 and item_id = $2 and wording = $3 and version = $5
           returning version`,
      [id, answer.itemId, answer.wording, JSON.stringify(answer), read, at],
    );
    return row && { answer, version: row.version, updatedAt: at };
  }

  /** Makes a draft binding: from here on nothing changes it (RKN-S3a/a). */
  async submit(
    tx: Transaction,
    id: string,
    content: SubmittedContent,
    by: { readonly clientId: string; readonly at: Instant },
  ): Promise<void> {
    await tx.query(
      `update federation.submission set content = $2, content_hash = $3, submitted_by = $4,
         submitted_at = to_timestamp($5::float8 / 1000) where id = $1`,
      [id, canonicalJson(content), hashOf(content), by.clientId, by.at],
    );
  }

  async content(tx: Transaction, id: string): Promise<SubmittedContent | undefined> {
    const [row] = await tx.query<{ content: string | null }>(
      'select content from federation.submission where id = $1',
      [id],
    );
    return row?.content ? (JSON.parse(row.content) as SubmittedContent) : undefined;
  }

  async aim(
    tx: Transaction,
    id: string,
    institutionIds: readonly number[],
    at: Instant,
  ): Promise<void> {
    await tx.query(
      `insert into federation.submission_target (submission_id, institution_id, asked_at)
       select $1, unnest($2::smallint[]), to_timestamp($3::float8 / 1000)
       on conflict (submission_id, institution_id) do update
         set asked_at = excluded.asked_at, refused = null
         where submission_target.refused is not null`,
      [id, [...institutionIds], at],
    );
  }

  /** What was sent and not yet taken in, oldest first: of one submission or of all. */
  async openTargets(
    tx: Transaction,
    id?: string,
  ): Promise<{ readonly submissionId: string; readonly institutionId: number }[]> {
    const rows = await tx.query<{ submission_id: string; institution_id: number }>(
      `select submission_id, institution_id from federation.submission_target
       where filed_at is null and refused is null and ($1::text is null or submission_id = $1)
       order by asked_at, submission_id, institution_id limit 200`,
      [id ?? null],
    );
    return rows.map((row) => ({
      submissionId: row.submission_id,
      institutionId: row.institution_id,
    }));
  }

  async closeTarget(
    tx: Transaction,
    id: string,
    institutionId: number,
    outcome: { readonly filedAt: Instant } | { readonly refused: string },
  ): Promise<void> {
    const [filedAt, refused] =
      'filedAt' in outcome ? [outcome.filedAt, null] : [null, outcome.refused];
    await tx.query(
      `update federation.submission_target
       set filed_at = to_timestamp($3::float8 / 1000), refused = $4
       where submission_id = $1 and institution_id = $2 and filed_at is null`,
      [id, institutionId, filedAt, refused],
    );
  }

  async targets(
    tx: Transaction,
    id: string,
  ): Promise<
    { institutionId: number; filedAt: Instant | undefined; refused: string | undefined }[]
  > {
    const rows = await tx.query<{
      institution_id: number;
      filed_at: Instant | null;
      refused: string | null;
    }>(
      `select institution_id, filed_at, refused from federation.submission_target
       where submission_id = $1 order by institution_id`,
      [id],
    );
    return rows.map((row) => ({
      institutionId: row.institution_id,
      filedAt: row.filed_at ?? undefined,
      refused: row.refused ?? undefined,
    }));
  }
}

const submissionOf = (row: SubmissionRow): Submission => ({
  id: row.id,
  epspId: row.epsp_id,
  basedOn: row.based_on ?? undefined,
  begunAt: row.begun_at,
  submittedAt: row.submitted_at ?? undefined,
  submittedBy: row.submitted_by ?? undefined,
  contentHash: row.content_hash ?? undefined,
});
