import { canonicalJson, instantToWire, sha256Hex, type Instant, type Yen } from '#libs/kernel';
import { BEFORE_ALL, type PostingCursor } from './posting-cursor.js';

/** Hashes are 64 hexadecimal digits. */
export interface PostingBlock {
  readonly institutionId: number;
  /** 1, 2, 3 … without gap. */
  readonly number: bigint;
  /** Exclusive; where the previous block ends. */
  readonly from: PostingCursor;
  /** Inclusive; the block's last row. */
  readonly to: PostingCursor;
  readonly rowCount: number;
  readonly movedYen: Yen;
  /** Merkle root over the leaves of its rows (`posting_leaf`). */
  readonly root: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly sealedAt: Instant;
}

/** What the rows of a range add up to, read from the postings. */
export type RangeDigest = Pick<PostingBlock, 'rowCount' | 'movedYen' | 'root'>;

/** What stands before the first block. */
export const NO_BLOCK = { number: 0n, to: BEFORE_ALL, hash: '0'.repeat(64) } as const;

type Head = Pick<PostingBlock, 'number' | 'to' | 'hash'>;

/** The block that follows `head` and ends at `to`. */
export function nextBlock(
  head: Head,
  sealed: Pick<PostingBlock, 'institutionId' | 'to' | 'sealedAt'> & RangeDigest,
): PostingBlock {
  const block = {
    ...sealed,
    number: head.number + 1n,
    from: head.to,
    previousHash: head.hash,
  };
  return { ...block, hash: blockHash(block) };
}

/** SHA-256 over everything else that the block says. */
export function blockHash(block: Omit<PostingBlock, 'hash'>): string {
  const { institutionId, number, from, to, rowCount, movedYen, root, previousHash } = block;
  const at = [from.xid, from.id, to.xid, to.id];
  const sealedAt = instantToWire(block.sealedAt);
  return sha256Hex(
    canonicalJson([institutionId, number, ...at, rowCount, movedYen, root, previousHash, sealedAt]),
  );
}

export const BLOCK_FAULTS = [
  'number_missing',
  'range_broken',
  'chain_broken',
  'hash_differs',
  'row_count_differs',
  'sum_differs',
  'root_differs',
  'witness_differs',
] as const;
export type BlockFault = (typeof BLOCK_FAULTS)[number];

/** Everything that is wrong with a block behind `head`, given what its rows add up to now. */
export function faultsOf(head: Head, block: PostingBlock, rows: RangeDigest): BlockFault[] {
  const faults: BlockFault[] = [];
  const claim = (holds: boolean, fault: BlockFault): void => void (holds || faults.push(fault));
  claim(block.number === head.number + 1n, 'number_missing');
  claim(block.from.xid === head.to.xid && block.from.id === head.to.id, 'range_broken');
  claim(block.previousHash === head.hash, 'chain_broken');
  claim(block.hash === blockHash(block), 'hash_differs');
  claim(block.rowCount === rows.rowCount, 'row_count_differs');
  claim(block.movedYen === rows.movedYen, 'sum_differs');
  claim(block.root === rows.root, 'root_differs');
  return faults;
}
