import type { Instant } from '#libs/kernel';
import type { Database } from '#libs/platform';

/** A posting row as the judge reads it. */
export interface PostingRow {
  readonly institution_id: number;
  readonly id: bigint;
  readonly xid: bigint;
  /** Microseconds; the order of commits is the order in which the locks were held. */
  readonly committed: bigint;
  readonly key: string;
  readonly hash: string;
  readonly line: number;
  readonly status: string;
  readonly detail: string;
  readonly operation: string;
  readonly debit_account: bigint;
  readonly debit_seq: bigint | null;
  readonly debit_balance: bigint | null;
  readonly credit_account: bigint | null;
  readonly credit_seq: bigint | null;
  readonly credit_balance: bigint | null;
  readonly amount: bigint;
  readonly posted_at: Instant;
  readonly booked_on: string;
  readonly value_on: string;
  readonly debit_text: string;
  readonly credit_text: string;
  readonly edi_text: string;
}

/** An account's row. */
export interface StandingAccount {
  readonly id: bigint;
  readonly balance: bigint;
  readonly held: bigint;
  readonly version: bigint;
  readonly closed: boolean;
  readonly debit_stops: number;
}

const COLUMNS = `institution_id, id, xid, key::text as key, hash::text as hash, line, status::text as status, detail,
  operation::text as operation, debit_account::bigint, debit_seq, debit_balance, credit_account::bigint, credit_seq,
  credit_balance, amount, posted_at, booked_on, value_on, debit_text, credit_text, edi_text`;

/** Where the transactions of the next round begin: asked while everything rests. */
export async function nextTransaction(admin: Database): Promise<bigint> {
  const { rows } = await admin.pool.query<{ next: bigint }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next',
  );
  return rows[0]!.next;
}

/**
 * The rows of the transactions from `xid` on, in the order in which they took effect. Locks are held to the end, so
 * that is the order of the commits: a transaction may have its number long before it gets its locks.
 */
export async function rowsSince(admin: Database, xid: bigint): Promise<PostingRow[]> {
  const { rows } = await admin.pool.query<PostingRow>(
    `select ${COLUMNS},
       (extract(epoch from pg_xact_commit_timestamp((xid % 4294967296)::text::xid)) * 1000000)::bigint
         as committed
     from posting where xid >= $1 order by committed, xid, id`,
    [xid],
  );
  return rows;
}

/** Every first line there is: what the campaign holds against everything that it was told. */
export async function everyFirstLine(
  admin: Database,
): Promise<Pick<PostingRow, 'institution_id' | 'key' | 'hash' | 'status' | 'line'>[]> {
  const { rows } = await admin.pool.query<PostingRow>(
    `select institution_id, key::text as key, hash::text as hash, status::text as status, line
     from posting where line = 1`,
  );
  return rows;
}

/** The first lines of these keys, whenever they were posted. */
export async function rowsOfKeys(
  admin: Database,
  institutionId: number,
  keys: readonly string[],
): Promise<Pick<PostingRow, 'key' | 'hash' | 'status' | 'detail'>[]> {
  const { rows } = await admin.pool.query<PostingRow>(
    `select key::text as key, hash::text as hash, status::text as status, detail
     from posting where institution_id = $1 and key = any($2::uuid[]) and line = 1`,
    [institutionId, keys],
  );
  return rows;
}

export async function accountRows(
  admin: Database,
  institutionId: number,
): Promise<StandingAccount[]> {
  const { rows } = await admin.pool.query<StandingAccount>(
    `select id, balance, held, version, closed, debit_stops from account where institution_id = $1
     order by id`,
    [institutionId],
  );
  return rows;
}
