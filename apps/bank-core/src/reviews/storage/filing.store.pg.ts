import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Comment, Filing } from '../domain/submission.js';

interface FilingRow {
  institution_id: number;
  submission_id: string;
  epsp_id: string;
  standard_version: number;
  filed_at: Instant;
  accepted_at: Instant | null;
  accepted_version: number | null;
}

interface CommentRow {
  id: string;
  submission_id: string;
  item_id: string | null;
  side: Comment['side'];
  author: string;
  mark: Comment['mark'] | null;
  internal: boolean;
  body: string;
  written_at: Instant;
}

const FILING = `select institution_id, submission_id, epsp_id, standard_version, filed_at, accepted_at,
  accepted_version from submission_filing where institution_id = renkei_institution()`;

/** Submissions as the institution that the transaction has entered received them, and what was said of them. */
@Injectable()
export class FilingStore {
  async find(tx: Transaction, submissionId: string): Promise<Filing | undefined> {
    const [row] = await tx.query<FilingRow>(`${FILING} and submission_id = $1`, [submissionId]);
    return row && filingOf(row);
  }

  async list(
    tx: Transaction,
    epspId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<Filing[]> {
    const rows = await tx.query<FilingRow>(
      `${FILING} and epsp_id = $1 and ($2::text is null or submission_id < $2)
       order by submission_id desc limit $3`,
      [epspId, page.before ?? null, page.limit],
    );
    return rows.map(filingOf);
  }

  async insert(tx: Transaction, filing: Omit<Filing, 'acceptedAt' | 'acceptedVersion'>) {
    await tx.query(
      `insert into submission_filing (institution_id, submission_id, epsp_id, standard_version, filed_at)
       values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
      [
        filing.institutionId,
        filing.submissionId,
        filing.epspId,
        filing.standardVersion,
        filing.filedAt,
      ],
    );
  }

  async accept(
    tx: Transaction,
    submissionId: string,
    how: { readonly version: number; readonly proposalId: string; readonly at: Instant },
  ): Promise<void> {
    await tx.query(
      `update submission_filing set accepted_at = to_timestamp($2::float8 / 1000),
         accepted_version = $3, proposal_id = $4
       where institution_id = renkei_institution() and submission_id = $1`,
      [submissionId, how.at, how.version, how.proposalId],
    );
  }

  async comments(tx: Transaction, submissionId: string): Promise<Comment[]> {
    const rows = await tx.query<CommentRow>(
      `select id, submission_id, item_id, side, author, mark, internal, body, written_at
       from review_comment where institution_id = renkei_institution() and submission_id = $1
       order by id limit 2000`,
      [submissionId],
    );
    return rows.map((row) => ({
      id: row.id,
      submissionId: row.submission_id,
      itemId: row.item_id ?? undefined,
      side: row.side,
      author: row.author,
      mark: row.mark ?? undefined,
      isInternal: row.internal,
      body: row.body,
      writtenAt: row.written_at,
    }));
  }

  async comment(tx: Transaction, institutionId: number, comment: Comment): Promise<void> {
    await tx.query(
      `insert into review_comment (institution_id, id, submission_id, item_id, side, author, mark,
         internal, body, written_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000))`,
      [
        institutionId,
        comment.id,
        comment.submissionId,
        comment.itemId ?? null,
        comment.side,
        comment.author,
        comment.mark ?? null,
        comment.isInternal,
        comment.body,
        comment.writtenAt,
      ],
    );
  }
}

const filingOf = (row: FilingRow): Filing => ({
  institutionId: row.institution_id,
  submissionId: row.submission_id,
  epspId: row.epsp_id,
  standardVersion: row.standard_version,
  filedAt: row.filed_at,
  acceptedAt: row.accepted_at ?? undefined,
  acceptedVersion: row.accepted_version ?? undefined,
});
