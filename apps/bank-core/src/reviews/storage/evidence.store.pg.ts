import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { EvidenceFile } from '../domain/evidence.js';

interface EvidenceRow {
  id: string;
  epsp_id: string;
  file_name: string;
  media_type: string;
  size_bytes: number;
  sha256: string;
  state: EvidenceFile['state'];
  verdict: string | null;
  uploaded_at: Instant;
  scanned_at: Instant | null;
  erased_at: Instant | null;
}

const SELECT = `select id, epsp_id, file_name, media_type, size_bytes, sha256, state, verdict, uploaded_at,
  scanned_at, erased_at from federation.evidence_file`;

/** Evidence of the intermediaries. Its bytes stand in a table that only `bytes` reads (T-25). */
@Injectable()
export class EvidenceStore {
  async find(tx: Transaction, id: string): Promise<EvidenceFile | undefined> {
    const [row] = await tx.query<EvidenceRow>(`${SELECT} where id = $1`, [id]);
    return row && evidenceOf(row);
  }

  /** Held until the transaction ends: what is about to be named is not erased meanwhile. */
  async several(tx: Transaction, ids: readonly string[]): Promise<EvidenceFile[]> {
    const rows = await tx.query<EvidenceRow>(`${SELECT} where id = any($1) order by id for share`, [
      [...ids],
    ]);
    return rows.map(evidenceOf);
  }

  /** An intermediary's files with these contents. */
  async byHash(
    tx: Transaction,
    epspId: string,
    hashes: readonly string[],
  ): Promise<EvidenceFile[]> {
    const rows = await tx.query<EvidenceRow>(
      `${SELECT} where epsp_id = $1 and sha256 = any($2) and erased_at is null order by id for share`,
      [epspId, [...hashes]],
    );
    return rows.map(evidenceOf);
  }

  /** The newest with each of these contents, also where it was erased since. */
  async lastByHash(
    tx: Transaction,
    epspId: string,
    hashes: readonly string[],
  ): Promise<EvidenceFile[]> {
    const rows = await tx.query<EvidenceRow>(
      `${SELECT} f where epsp_id = $1 and sha256 = any($2) and not exists (
         select from federation.evidence_file newer
         where (newer.epsp_id, newer.sha256) = (f.epsp_id, f.sha256) and newer.id > f.id)`,
      [epspId, [...hashes]],
    );
    return rows.map(evidenceOf);
  }

  async list(
    tx: Transaction,
    epspId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<EvidenceFile[]> {
    const rows = await tx.query<EvidenceRow>(
      `${SELECT} where epsp_id = $1 and ($2::text is null or id < $2) order by id desc limit $3`,
      [epspId, page.before ?? null, page.limit],
    );
    return rows.map(evidenceOf);
  }

  /** Bytes of an intermediary's evidence altogether. */
  async bytesOf(tx: Transaction, epspId: string): Promise<number> {
    const [row] = await tx.query<{ bytes: number }>(
      `select coalesce(sum(size_bytes), 0)::float8 as bytes from federation.evidence_file
       where epsp_id = $1 and erased_at is null`,
      [epspId],
    );
    return row?.bytes ?? 0;
  }

  /** Once per content; the same bytes again are the file that is there already. */
  async insert(
    tx: Transaction,
    file: Omit<EvidenceFile, 'state' | 'verdict' | 'scannedAt' | 'erasedAt'> & {
      readonly uploadedBy: string;
    },
    bytes: Buffer,
  ): Promise<EvidenceFile | undefined> {
    const { id, epspId, fileName, mediaType, sizeBytes, sha256, uploadedBy, uploadedAt } = file;
    const rows = await tx.query(
      `insert into federation.evidence_file (id, epsp_id, file_name, media_type, size_bytes, sha256,
         uploaded_by, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000))
       on conflict do nothing returning id`,
      [id, epspId, fileName, mediaType, sizeBytes, sha256, uploadedBy, uploadedAt],
    );
    if (rows.length === 1) {
      await tx.query(
        'insert into federation.evidence_content (evidence_id, bytes) values ($1, $2)',
        [id, bytes],
      );
      await tx.query(`select pg_notify('renkei_evidence', '')`);
    }
    const [row] = await tx.query<EvidenceRow>(
      `${SELECT} where epsp_id = $1 and sha256 = $2 and erased_at is null`,
      [epspId, sha256],
    );
    return row && evidenceOf(row);
  }

  /** The bytes, for a scanner or for an officer who may open them. */
  async bytes(tx: Transaction, id: string): Promise<Buffer | undefined> {
    const [row] = await tx.query<{ bytes: Buffer }>(
      'select bytes from federation.evidence_content where evidence_id = $1',
      [id],
    );
    return row?.bytes;
  }

  /** What waits for its scan, oldest first, beginning after the one named. */
  async waiting(tx: Transaction, after: string, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select id from federation.evidence_file where state = 'quarantined' and erased_at is null and id > $1
       order by id limit $2`,
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** A verdict is given once; false where another scan was first. */
  async judge(
    tx: Transaction,
    id: string,
    state: 'clean' | 'infected',
    verdict: string,
    at: Instant,
  ): Promise<boolean> {
    const rows = await tx.query(
      `update federation.evidence_file set state = $2, verdict = $3,
         scanned_at = to_timestamp($4::float8 / 1000)
       where id = $1 and state = 'quarantined' and erased_at is null returning id`,
      [id, state, verdict, at],
    );
    return rows.length === 1;
  }

  /** Whether a submission that the institution received names it. */
  async isShown(tx: Transaction, { id, epspId }: EvidenceFile): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from submission_filing f join federation.submission s on s.id = f.submission_id
       where f.institution_id = renkei_institution() and f.epsp_id = $1
         and position($2 in s.content) > 0 limit 1`,
      [epspId, id],
    );
    return rows.length > 0;
  }

  /** Whether two people of the institution that the transaction has entered have released these bytes. */
  async isReleased(tx: Transaction, { id, sha256 }: EvidenceFile): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from evidence_release where institution_id = renkei_institution()
         and evidence_id = $1 and sha256 = $2`,
      [id, sha256],
    );
    return rows.length > 0;
  }

  async release(
    tx: Transaction,
    institutionId: number,
    { id, sha256 }: EvidenceFile,
    how: { readonly examination: string; readonly proposalId: string; readonly at: Instant },
  ): Promise<void> {
    await tx.query(
      `insert into evidence_release (institution_id, evidence_id, sha256, examination, proposal_id,
         released_at) values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))
       on conflict do nothing`,
      [institutionId, id, sha256, how.examination, how.proposalId, how.at],
    );
  }
}

const evidenceOf = (row: EvidenceRow): EvidenceFile => ({
  id: row.id,
  epspId: row.epsp_id,
  fileName: row.file_name,
  mediaType: row.media_type,
  sizeBytes: row.size_bytes,
  sha256: row.sha256,
  state: row.state,
  verdict: row.verdict ?? undefined,
  uploadedAt: row.uploaded_at,
  scannedAt: row.scanned_at ?? undefined,
  erasedAt: row.erased_at ?? undefined,
});
