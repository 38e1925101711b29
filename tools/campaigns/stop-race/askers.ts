import { assert } from '#libs/kernel';
import type { Database } from '#libs/platform';
import { LedgerWriter } from '../../../apps/bank-core/src/accounts/ledger-writer.js';
import { freeLimit, transfer } from '../ledger-ground/house.js';
import { seeded, type Random } from '../oracle/random.js';
import type { Asker } from './load.js';

export const INSTITUTION = 1;
/** Few accounts, so that orders wait for each other inside the ledger, after they have read the link. */
export const CUSTOMERS = [11n, 12n, 13n, 14n, 15n, 16n] as const;

const SINGLES = 3;
const TOGETHER = 8;

/** Those who ask singly (`ledger_post_one`), each over a connection and a writer of its own. */
export function singleAskers(database: Database): Asker[] {
  return Array.from({ length: SINGLES }, (_, n) => {
    const writer = new LedgerWriter(database.reserve(1));
    return orderAsker(writer, seeded(n + 1), `hld_single_${n}`);
  });
}

/** Those who stand together before one writer, whose batches go through `ledger_post_many`. */
export function batchAskers(database: Database): Asker[] {
  const writer = new LedgerWriter(database.reserve(2));
  return Array.from({ length: TOGETHER }, (_, n) =>
    orderAsker(writer, seeded(n + 101), `hld_batch_${n}`),
  );
}

function orderAsker(writer: LedgerWriter, random: Random, subject: string): Asker {
  return async () => {
    const from = random.pick(CUSTOMERS);
    const to = random.pick(CUSTOMERS.filter((customer) => customer !== from));
    const order = transfer({ from, to, yen: 1n, limit: freeLimit(subject) });
    const placed = await writer.place(INSTITUTION, order);
    assert(placed.ok, 'The writer was never that full.');
    return placed.value.status;
  };
}
