import { createHmac } from 'node:crypto';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { SOURCE_WINDOW_MS, type SourceFailures } from '../domain/source-pace.js';

/** An address or an id as the table keeps it: keyed, so that a reader of a backup learns neither (T-30). */
export const keyedHash = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(`login_failure|${text}`).digest('base64url');

export async function failuresOf(
  tx: Transaction,
  sourceHash: string,
  now: Instant,
): Promise<SourceFailures> {
  const [row] = await tx.query<{ ids: bigint; last: Instant | null }>(
    `select count(*) as ids, max(failed_at) as last from login_failure
     where source_hash = $1 and failed_at > to_timestamp($2::float8 / 1000)`,
    [sourceHash, now - SOURCE_WINDOW_MS],
  );
  return { differentIds: Number(row?.ids ?? 0n), lastFailureAt: row?.last ?? undefined };
}

/** Notes a failure and forgets, here as anywhere, what is older than the window. */
export async function noteFailure(
  tx: Transaction,
  sourceHash: string,
  subjectHash: string,
  now: Instant,
): Promise<void> {
  await tx.query(
    `delete from login_failure where (source_hash, subject_hash) in (
       select source_hash, subject_hash from login_failure
       where failed_at < to_timestamp($1::float8 / 1000) limit 100 for update skip locked)`,
    [now - SOURCE_WINDOW_MS],
  );
  await tx.query(
    `insert into login_failure (source_hash, subject_hash, failed_at)
     values ($1, $2, to_timestamp($3::float8 / 1000))
     on conflict (source_hash, subject_hash) do update set failed_at = excluded.failed_at`,
    [sourceHash, subjectHash, now],
  );
}
