import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import {
  faultsOf,
  NO_BLOCK,
  nextBlock,
  type BlockFault,
  type PostingBlock,
} from './domain/posting-block.js';
import { isBehind, type PostingCursor } from './domain/posting-cursor.js';
import { PostingRelay, type PostingConsumer } from './posting-relay.js';
import * as store from './storage/posting-block.store.pg.js';
import {
  LEAVES,
  placeOf,
  postingsAfter,
  postingsUpTo,
  type LeafRow,
} from './storage/posting-feed.store.pg.js';

const ROWS_MAX = 4_096;
const BLOCKS_PER_READ = 64;

export interface BlockFinding {
  readonly number: bigint;
  readonly fault: BlockFault;
}

export interface BlockVerdict {
  readonly blocks: number;
  readonly rows: number;
  readonly findings: readonly BlockFinding[];
}

/** A head that somebody keeps outside of the database. */
export type BlockWitness = Pick<PostingBlock, 'number' | 'hash'>;

/** What was found in some blocks that follow each other; `through` is the last of them, as it says of itself. */
export interface BlockPage extends BlockVerdict {
  readonly through: BlockWitness;
  readonly isLast: boolean;
}

/** Seals the postings in hash-chained blocks, afterwards, and finds what was changed since (ledger.md 3.1, 4). */
@Injectable()
export class PostingBlocks implements PostingConsumer {
  /** How far nothing was found behind the last block: spares an idle institution the same look again. */
  private readonly seen = new Map<number, PostingCursor>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PostingRelay) relay: PostingRelay,
  ) {
    relay.consume(this);
  }

  /** Seals the next rows of one institution in one block; false when no more are settled or another process seals. */
  async takePage(institutionId: number): Promise<boolean> {
    const sealedAt = await this.clock.now();
    const page = await this.database.inInstitution(institutionId, async (tx) => {
      if (!(await store.lockSealing(tx, institutionId))) return undefined;
      const head = await store.lastBlock(tx, institutionId);
      const seen = this.seen.get(institutionId) ?? head.to;
      const from = isBehind(seen, head.to) ? head.to : seen;
      const found = await postingsAfter<LeafRow>(tx, institutionId, from, LEAVES, ROWS_MAX);
      const last = found.rows.at(-1);
      if (last) {
        const digest = store.digestOf(found.rows);
        const sealed = { institutionId, to: placeOf(last), sealedAt, ...digest };
        await store.insertBlock(tx, nextBlock(head, sealed));
      }
      return found;
    });
    // Remembered when it has committed: what a lost commit would have sealed is still to be sealed.
    if (page) this.seen.set(institutionId, page.upTo);
    return page?.isLast === false;
  }

  /** The number and hash of the last block: what a witness outside the database is given to keep. */
  head(tx: Transaction, institutionId: number): Promise<BlockWitness> {
    return store.lastBlock(tx, institutionId);
  }

  /**
   * Recomputes every block of an institution from its postings. Whoever can rewrite both tables can rewrite them
   * together: only a `witness`, a head kept elsewhere, shows that, and that blocks were cut off.
   */
  async verify(
    tx: Transaction,
    institutionId: number,
    witness?: BlockWitness,
  ): Promise<BlockVerdict> {
    const findings: BlockFinding[] = [];
    let [blocks, rows, after] = [0, 0, 0n];
    for (;;) {
      const isPassed = witness && after > 0n && witness.number <= after;
      const page = await this.verifyPage(tx, institutionId, after, isPassed ? undefined : witness);
      if (!page) break;
      findings.push(...page.findings);
      blocks += page.blocks;
      rows += page.rows;
      after = page.through.number;
      if (page.isLast) break;
    }
    return { blocks, rows, findings };
  }

  /**
   * The same for the next blocks behind number `after`, which is taken as an earlier page found it; undefined where
   * there is no such block. A witness at or before `after` is compared with the block of its number, wherever that is;
   * one that the chain does not reach is found missing on the last page. Where there is a witness, a missing `after` is
   * a finding as well: he has seen it.
   */
  async verifyPage(
    tx: Transaction,
    institutionId: number,
    after: bigint,
    witness?: BlockWitness,
  ): Promise<BlockPage | undefined> {
    const before = await blockOrNone(tx, institutionId, after);
    const findings: BlockFinding[] = [];
    if (!before) findings.push({ number: after, fault: 'number_missing' });
    if (witness && (!before || witness.number <= after)) {
      const kept = await blockOrNone(tx, institutionId, witness.number);
      if (kept?.hash !== witness.hash) findings.push(differsFrom(witness));
    }
    // Nothing can be verified behind what is not there: the witness stays the last that is known.
    if (!before) return witness && { blocks: 0, rows: 0, findings, isLast: true, through: witness };
    let head: Pick<PostingBlock, 'number' | 'to' | 'hash'> = before;
    let rows = 0;
    const read = await store.blocksBehind(tx, institutionId, after, BLOCKS_PER_READ);
    for (const block of read) {
      const found = await postingsUpTo<LeafRow>(tx, institutionId, block, LEAVES);
      for (const fault of faultsOf(head, block, store.digestOf(found)))
        findings.push({ number: block.number, fault });
      if (block.number === witness?.number && block.hash !== witness.hash)
        findings.push(differsFrom(witness));
      rows += found.length;
      head = block;
    }
    const isLast = read.length < BLOCKS_PER_READ;
    // One at `after` or before it was compared above.
    if (isLast && witness && witness.number > head.number) findings.push(differsFrom(witness));
    return {
      ...{ blocks: read.length, rows, findings, isLast },
      through: { number: head.number, hash: head.hash },
    };
  }
}

const differsFrom = ({ number }: BlockWitness): BlockFinding => ({
  number,
  fault: 'witness_differs',
});

/** What stands before the first block is always there. */
const blockOrNone = async (tx: Transaction, institutionId: number, number: bigint) =>
  number === 0n ? NO_BLOCK : store.blockAt(tx, institutionId, number);
