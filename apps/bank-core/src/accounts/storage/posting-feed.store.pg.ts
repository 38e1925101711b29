import { assert, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { isBehind, type PostingCursor } from '../domain/posting-cursor.js';

/** One page of settled rows, in the order (xid, id). */
export interface PostingPage<Row> {
  readonly rows: readonly Row[];
  /** Up to where was looked: the last row, or further where there was none. */
  readonly upTo: PostingCursor;
  /** True when nothing settled stands behind `upTo`. */
  readonly isLast: boolean;
}

/** What a page says of each row beside its place: columns of `posting p`. */
export const LEAVES = `posting_leaf(p) as leaf, case when credit_seq is null then 0 else amount end as moved`;

export interface LeafRow extends PostingCursor {
  readonly leaf: Buffer;
  readonly moved: Yen;
}

/** Transactions that the first query of a page looks through; each further one four times as many. */
const FIRST_WINDOW = 16n;

/**
 * Rows of one institution behind `cursor`, at most `rowsMax`, all of transactions that were over before the oldest
 * running one began: nothing can appear before the page's end any more. The windows are bounded on both sides, so
 * that the BRIN index on xid leads to their blocks wherever the cursor stands. Throws when the cursor lies ahead of
 * the database: it belongs to another one, or this one was restored without its transaction counter.
 */
export async function postingsAfter<Row extends PostingCursor>(
  tx: Transaction,
  institutionId: number,
  cursor: PostingCursor,
  columns: string,
  rowsMax: number,
): Promise<PostingPage<Row>> {
  // In a statement of its own: what was settled then is visible to every later one.
  await keepToTheIndex(tx);
  const below = await oldestRunning(tx);
  assert(cursor.xid <= below, `The cursor ${cursor.xid} lies ahead of the database (${below}).`);
  const rows: Row[] = [];
  let at = cursor;
  for (let window = FIRST_WINDOW; at.xid < below; window *= 4n) {
    const end = at.xid + window < below ? at.xid + window : below;
    const found = await between<Row>(
      tx,
      institutionId,
      { after: at, below: end, columns },
      rowsMax - rows.length,
    );
    rows.push(...found);
    const last = rows.at(-1);
    if (last && rows.length === rowsMax) return { rows, upTo: placeOf(last), isLast: false };
    at = { xid: end, id: 0n };
  }
  return { rows, upTo: at, isLast: true };
}

/** Rows of one institution behind `from` up to and including `to`, whole: for what was settled before. */
export async function postingsUpTo<Row extends PostingCursor>(
  tx: Transaction,
  institutionId: number,
  { from, to }: { readonly from: PostingCursor; readonly to: PostingCursor },
  columns: string,
): Promise<readonly Row[]> {
  await keepToTheIndex(tx);
  const rows = await between<Row>(tx, institutionId, {
    after: from,
    below: to.xid + 1n,
    columns,
  });
  return rows.filter((row) => !isBehind(to, row));
}

export const placeOf = ({ xid, id }: PostingCursor): PostingCursor => ({ xid, id });

/** Until the transaction ends: statistics that lag behind a growing table would have it read whole, page after page. */
async function keepToTheIndex(tx: Transaction): Promise<void> {
  await tx.query(`select set_config('enable_seqscan', 'off', true)`);
}

async function oldestRunning(tx: Transaction): Promise<bigint> {
  const [row] = await tx.query<{ below: bigint }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as below',
  );
  assert(row, 'A snapshot has an oldest transaction.');
  return row.below;
}

interface Window {
  readonly after: PostingCursor;
  readonly below: bigint;
  readonly columns: string;
}

function between<Row extends object>(
  tx: Transaction,
  institutionId: number,
  { after, below, columns }: Window,
  rowsMax?: number,
): Promise<Row[]> {
  return tx.query<Row>(
    `select p.xid, p.id, ${columns} from posting p
     where institution_id = $1 and xid >= $2 and xid < $4 and (xid, id) > ($2, $3)
     order by xid, id limit $5`,
    [institutionId, after.xid, after.id, below, rowsMax ?? null],
  );
}
