import { createHash } from 'node:crypto';
import { type Instant, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { merkleRoot } from '../domain/merkle.js';
import { NO_BLOCK, type PostingBlock, type RangeDigest } from '../domain/posting-block.js';
import type { LeafRow } from './posting-feed.store.pg.js';

interface BlockRow {
  readonly institution_id: number;
  readonly number: bigint;
  readonly from_xid: bigint;
  readonly from_id: bigint;
  readonly to_xid: bigint;
  readonly to_id: bigint;
  readonly row_count: number;
  readonly moved: Yen;
  readonly root: Buffer;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
  readonly sealed_at: Instant;
}

const COLUMNS = `institution_id, number, from_xid, from_id, to_xid, to_id, row_count, moved, root, previous_hash,
  hash, sealed_at`;

/** Whoever seals an institution's blocks does so alone until the transaction ends; false: somebody else does. */
export async function lockSealing(tx: Transaction, institutionId: number): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>(
    'select pg_try_advisory_xact_lock(4711004::bigint * 65536 + $1) as locked',
    [institutionId],
  );
  return row?.locked === true;
}

/** The institution's last block, or what stands before the first. */
export async function lastBlock(
  tx: Transaction,
  institutionId: number,
): Promise<PostingBlock | typeof NO_BLOCK> {
  const [row] = await tx.query<BlockRow>(
    `select ${COLUMNS} from posting_block where institution_id = $1 order by number desc limit 1`,
    [institutionId],
  );
  return row ? blockOf(row) : NO_BLOCK;
}

export async function blockAt(
  tx: Transaction,
  institutionId: number,
  number: bigint,
): Promise<PostingBlock | undefined> {
  const [row] = await tx.query<BlockRow>(
    `select ${COLUMNS} from posting_block where institution_id = $1 and number = $2`,
    [institutionId, number],
  );
  return row && blockOf(row);
}

export async function blocksBehind(
  tx: Transaction,
  institutionId: number,
  number: bigint,
  max: number,
): Promise<PostingBlock[]> {
  const rows = await tx.query<BlockRow>(
    `select ${COLUMNS} from posting_block where institution_id = $1 and number > $2 order by number limit $3`,
    [institutionId, number, max],
  );
  return rows.map(blockOf);
}

export async function insertBlock(tx: Transaction, block: PostingBlock): Promise<void> {
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  await tx.query(
    `insert into posting_block (${COLUMNS})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::float8 / 1000))`,
    [
      block.institutionId,
      block.number,
      block.from.xid,
      block.from.id,
      block.to.xid,
      block.to.id,
      block.rowCount,
      block.movedYen,
      bytes(block.root),
      bytes(block.previousHash),
      bytes(block.hash),
      block.sealedAt,
    ],
  );
}

const joinNodes = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  createHash('sha256').update('\u0001').update(left).update(right).digest();

/** What rows add up to; no rows have no root. */
export function digestOf(rows: readonly LeafRow[]): RangeDigest {
  const leaves = rows.map(({ leaf }) => leaf);
  return {
    rowCount: rows.length,
    movedYen: rows.reduce((sum, { moved }) => sum + moved, 0n),
    root: rows.length === 0 ? '' : Buffer.from(merkleRoot(leaves, joinNodes)).toString('hex'),
  };
}

const blockOf = (row: BlockRow): PostingBlock => ({
  institutionId: row.institution_id,
  number: row.number,
  from: { xid: row.from_xid, id: row.from_id },
  to: { xid: row.to_xid, id: row.to_id },
  rowCount: row.row_count,
  movedYen: row.moved,
  root: row.root.toString('hex'),
  previousHash: row.previous_hash.toString('hex'),
  hash: row.hash.toString('hex'),
  sealedAt: row.sealed_at,
});
