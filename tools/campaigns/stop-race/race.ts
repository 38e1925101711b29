import { assert } from '#libs/kernel';
import { Database } from '#libs/platform';
import pg from 'pg';
import { changeLink } from '../../../apps/bank-core/src/links/change-link.js';
import { elapsedMs, machineNow, stopwatch } from '../../machine-clock.js';
import { cloneBank, type BankClone, type Ground } from '../ledger-ground/ground.js';
import { furnish, PARTY } from '../ledger-ground/house.js';
import { brokenInvariants } from '../ledger-ground/invariants.js';
import { alter, type Alteration } from '../guards/alterations.js';
import { seeded } from '../oracle/random.js';
import { batchAskers, CUSTOMERS, INSTITUTION, singleAskers } from './askers.js';
import { Load } from './load.js';
import { transferAskers } from './transfer-askers.js';

export interface RaceOptions {
  readonly stops: number;
  /** What is taken away from the ledger before the race; nothing in the real one. */
  readonly without?: readonly Alteration[];
  /** Ends the race before its last stop. */
  readonly isEnough?: (so: RaceResult) => boolean;
}

export interface RaceResult {
  stops: number;
  /** Fixed after a stop's commit, as a connection saw it that was opened for this stop. */
  late: number;
  /** Fixed after the stop had the lock, seen from inside its transaction: never less than what was truly late. */
  lateSinceLock: number;
  fixed: number;
  refused: number;
  readonly stopMs: number[];
}

/** Between two stops so many are fixed, so that each stop meets another moment of the load. */
const [FIXED_MIN, FIXED_MAX] = [2, 24];
const OPENING = 1_000_000n;

/** The link lock in both of its places (RKN-S4c): the race without it must be lost. */
export const withoutLinkLock: readonly Alteration[] = [
  {
    fn: 'lock_link_shared',
    from: 'select pg_advisory_xact_lock_shared(renkei_link_key(institution))',
    to: 'select null::void',
  },
  {
    fn: 'ledger_post_one',
    from: 'pg_advisory_xact_lock_shared(renkei_link_key(p_institution)) is null',
    to: 'false',
  },
];

/** Stops and releases the link under load, and counts what was fixed after each stop's commit. */
export async function race(ground: Ground, options: RaceOptions): Promise<RaceResult> {
  const clone = await cloneBank(ground);
  const admin = new pg.Client({ connectionString: clone.adminUrl });
  await admin.connect();
  const drafts = new pg.Pool({ connectionString: clone.adminUrl, max: 3 });
  // A server that ends under an idle connection must not end this process before it has cleared away.
  admin.on('error', () => undefined);
  drafts.on('error', () => undefined);
  const database = new Database({
    url: clone.appUrl,
    connectionsMax: 4,
    applicationName: 'stop-race',
  });
  try {
    await alter(admin, options.without ?? []);
    await furnish(admin, INSTITUTION, CUSTOMERS, OPENING);
    const load = new Load([
      ...singleAskers(database),
      ...batchAskers(database),
      ...(await transferAskers(database, drafts)),
    ]);
    const result = await stopAgainAndAgain({ clone, database, load }, options);
    await load.end();
    const broken = await brokenInvariants(admin, INSTITUTION);
    assert(broken.length === 0, `The race left a broken ledger: ${broken.join(', ')}.`);
    return { ...result, fixed: load.fixed, refused: load.refused };
  } finally {
    await database.close();
    await drafts.end();
    await admin.end();
    await clone.drop();
  }
}

interface Course {
  readonly clone: BankClone;
  readonly database: Database;
  readonly load: Load;
}

async function stopAgainAndAgain(course: Course, options: RaceOptions): Promise<RaceResult> {
  const random = seeded(20_261_122);
  const { load, database } = course;
  const so: RaceResult = { stops: 0, late: 0, lateSinceLock: 0, fixed: 0, refused: 0, stopMs: [] };
  for (;;) {
    await load.runs(random.between(FIXED_MIN, FIXED_MAX));
    await stopOnce(course, so);
    so.stops += 1;
    if (so.stops >= options.stops || options.isEnough?.(so)) return so;
    await setLink(database, 'active');
    load.resume();
  }
}

/**
 * One stop. What can be seen after the load is drained but not in a snapshot taken after the stop's commit was
 * committed after it. A row could still slip in between that commit and that snapshot; the second snapshot, taken
 * inside the stop's transaction when it held the lock, leaves no such gap.
 */
async function stopOnce({ clone, database, load }: Course, so: RaceResult): Promise<void> {
  const fresh = new pg.Client({ connectionString: clone.adminUrl });
  fresh.on('error', () => undefined);
  await fresh.connect();
  try {
    const since = stopwatch();
    const underLock = await setLink(database, 'suspended');
    so.stopMs.push(elapsedMs(since));
    const { rows } = await fresh.query<{ snapshot: string }>(SNAPSHOT);
    await load.drained();
    so.late += await fixedAfter(fresh, rows[0]?.snapshot);
    so.lateSinceLock += await fixedAfter(fresh, underLock);
  } finally {
    await fresh.end();
  }
}

const SNAPSHOT = 'select pg_current_snapshot()::text as snapshot';

/** How many rows of money are there now that the snapshot does not see. */
async function fixedAfter(client: pg.Client, snapshot: string | undefined): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from posting
     where institution_id = $1 and status = 'posted'
       and xid >= pg_snapshot_xmin($2::pg_snapshot)::text::bigint
       and not pg_visible_in_snapshot(xid::text::xid8, $2::pg_snapshot)`,
    [INSTITUTION, snapshot],
  );
  return rows[0]?.n ?? Number.NaN;
}

/** The product's own way to stop and to release; answers with the snapshot of its transaction under the lock. */
async function setLink(
  database: Database,
  state: 'active' | 'suspended',
): Promise<string | undefined> {
  const { value } = await database.inInstitution(INSTITUTION, (tx) =>
    changeLink(tx, INSTITUTION, machineNow(), async (writer) => {
      const [row] = await writer.tx.query<{ snapshot: string }>(SNAPSHOT);
      await writer.put({
        ...PARTY,
        chainPartnerId: '*',
        function: 'transfer_initiation',
        state,
        clause: 'RKN-S4c',
        basis: 'stop-race',
        measureId: 'stop-race',
        since: machineNow(),
        until: undefined,
      });
      return row?.snapshot;
    }),
  );
  return value;
}
