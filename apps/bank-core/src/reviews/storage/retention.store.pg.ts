import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { EvidenceFile } from '../domain/evidence.js';

/** What keeps evidence, and how it goes. */
@Injectable()
export class RetentionStore {
  /** Files that are kept and came before an instant, in the order of their ids, beginning after the one named. */
  async candidates(
    tx: Transaction,
    before: Instant,
    after: string,
    limit: number,
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select id from federation.evidence_file
       where erased_at is null and uploaded_at < to_timestamp($1::float8 / 1000) and id > $2
       order by id limit $3`,
      [before, after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Locked until the transaction ends: nobody begins to name it meanwhile. False where it is gone. */
  async lock(tx: Transaction, id: string): Promise<boolean> {
    const rows = await tx.query(
      'select 1 from federation.evidence_file where id = $1 and erased_at is null for update',
      [id],
    );
    return rows.length === 1;
  }

  async isInDraft(tx: Transaction, { id, epspId }: EvidenceFile): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from federation.submission s join federation.submission_answer a on a.submission_id = s.id
       where s.epsp_id = $1 and s.submitted_at is null and a.answer -> 'evidence' ? $2 limit 1`,
      [epspId, id],
    );
    return rows.length > 0;
  }

  /** Submissions that name it, with every institution that each was sent to and whether it has arrived. */
  async filings(
    tx: Transaction,
    { id, epspId }: EvidenceFile,
  ): Promise<{ submissionId: string; institutionId: number; filedAt: Instant | undefined }[]> {
    const rows = await tx.query<{
      submission_id: string;
      institution_id: number;
      filed_at: Instant | null;
    }>(
      `select t.submission_id, t.institution_id, t.filed_at
       from federation.submission s join federation.submission_target t on t.submission_id = s.id
       where s.epsp_id = $1 and s.submitted_at is not null and t.refused is null
         and position($2 in s.content) > 0
       order by t.institution_id, t.submission_id`,
      [epspId, id],
    );
    return rows.map(({ submission_id, institution_id, filed_at }) => ({
      submissionId: submission_id,
      institutionId: institution_id,
      filedAt: filed_at ?? undefined,
    }));
  }

  /** The bytes go; the line with the hash stays and says since when. */
  async erase(tx: Transaction, id: string, at: Instant): Promise<void> {
    await tx.query(
      'update federation.evidence_file set erased_at = to_timestamp($2::float8 / 1000) where id = $1',
      [id, at],
    );
    await tx.query('delete from federation.evidence_content where evidence_id = $1', [id]);
  }
}
