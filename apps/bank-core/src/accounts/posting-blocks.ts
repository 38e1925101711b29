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
  head(tx: Transaction, institutionId: number): Promise<Pick<PostingBlock, 'number' | 'hash'>> {
    return store.lastBlock(tx, institutionId);
  }

  /**
   * Recomputes every block of an institution from its postings. Whoever can rewrite both tables can rewrite them
   * together: only a `witness`, a head kept elsewhere, shows that, and that blocks were cut off.
   */
  async verify(
    tx: Transaction,
    institutionId: number,
    witness?: Pick<PostingBlock, 'number' | 'hash'>,
  ): Promise<BlockVerdict> {
    const findings: BlockFinding[] = [];
    let head: Pick<PostingBlock, 'number' | 'to' | 'hash'> = NO_BLOCK;
    let [blocks, rows] = [0, 0];
    let hasMetWitness = witness === undefined || witness.number === 0n;
    for (;;) {
      const read = await store.blocksBehind(tx, institutionId, head.number, BLOCKS_PER_READ);
      if (read.length === 0) break;
      for (const block of read) {
        const found = await postingsUpTo<LeafRow>(tx, institutionId, block, LEAVES);
        const faults = faultsOf(head, block, store.digestOf(found));
        if (block.number === witness?.number) hasMetWitness = block.hash === witness.hash;
        for (const fault of faults) findings.push({ number: block.number, fault });
        blocks += 1;
        rows += found.length;
        head = block;
      }
    }
    if (witness && !hasMetWitness)
      findings.push({ number: witness.number, fault: 'witness_differs' });
    return { blocks, rows, findings };
  }
}
