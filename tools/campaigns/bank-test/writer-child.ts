import pg from 'pg';
import { CivilDate } from '#libs/kernel';
import type { LedgerOrder } from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { LedgerWriter } from '../../../apps/bank-core/src/accounts/ledger-writer.js';
import type { Asked, Told } from './writer-process.js';

/** A server process that has nothing but the ledger's writer: it may be killed, frozen and cut off. */
const CONNECTIONS = 2;

const pool = new pg.Pool({
  connectionString: process.env['BANK_TEST_URL'],
  max: CONNECTIONS,
  application_name: process.env['BANK_TEST_NAME'],
  connectionTimeoutMillis: 5_000,
});
pool.on('error', () => undefined);
const writer = new LedgerWriter(pool);

const DATES = new Set(['bookedOn', 'valueOn', 'requestedOn', 'designatedOn']);

/** Dates lose their class on the way between processes; everything else comes as it was. */
function revive(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => revive(each));
  if (typeof value !== 'object' || value === null) return value;
  if (DATES.has(name)) {
    const { year, month, day } = value as CivilDate;
    return CivilDate.of(year, month, day);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revive(each, key)]));
}

const tell = (told: Told): void => void process.send?.(told);

async function place({ id, institutionId, order }: Asked): Promise<void> {
  try {
    const placed = await writer.place(institutionId, revive(order) as LedgerOrder);
    if (placed.ok) tell({ id, answer: placed.value });
    else tell({ id, busy: true });
  } catch (error) {
    tell({ id, fault: error instanceof Error ? error.message : String(error) });
  }
}

process.on('message', (asked: Asked) => void place(asked));
// Without its parent nobody asks any more.
process.on('disconnect', () => process.exit());
process.send?.('ready');
