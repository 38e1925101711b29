import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { elapsedMs, pause, stopwatch } from '../../../machine-clock.js';
import { accountForPostgres } from '../../../embedded-postgres/index.js';
import { isAlive } from '../../../processes.js';
import { serverIsUp } from '../recovery.js';
import { everyDoor, NotHere, type Blow, type Nemesis } from './nemesis.js';

const SEGMENT_BYTES = 16 * 2 ** 20;
const PAGE_BYTES = 8_192;
/** So long it may take until somebody runs against the limit; then the disk stays full for a moment more. */
const PATIENCE_MS = 3_000;
const SHORT_MS = 300;

/**
 * No room to write: the limit of a file's size (RLIMIT_FSIZE) of every process of the server is set to a little
 * more than what stands there, so that the next writes fail as on a full disk. Where the log cannot be written the
 * server gives up rather than go on without it; where a table cannot grow the statement fails. Then there is room.
 */
export const diskFull: Nemesis = async (blow) => {
  const { arena, owed, unknowns } = blow;
  const { postmaster } = arena.stage;
  const { limit, words } = await littleRoom(blow);
  const before = unknowns();
  limitFiles(serverProcesses(postmaster), String(limit));
  const since = stopwatch();
  while (unknowns() === before && elapsedMs(since) < PATIENCE_MS) await pause(20);
  await pause(SHORT_MS);
  const died = !isAlive(postmaster);
  // Twice: a child that was born in between has its parent's limit.
  for (let times = 1; !died && times <= 2; times += 1) {
    limitFiles(serverProcesses(postmaster), 'unlimited');
  }
  owed(everyDoor(arena));
  await serverIsUp(arena);
  return `files limited to ${limit} bytes, ${words}${died ? ', the server gave up' : ''}`;
};

/** A few pages more than the log's place in its segment; for a table larger than a segment, than the table. */
async function littleRoom({ arena, random }: Blow): Promise<{ limit: number; words: string }> {
  const { rows } = await arena.admin.pool.query<{ at: string; table_bytes: bigint }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as at,
            pg_relation_size('posting') as table_bytes`,
  );
  const room = PAGE_BYTES * random.between(1, 6);
  const table = Number(rows[0]?.table_bytes ?? 0);
  if (table > SEGMENT_BYTES && random.chance(0.5)) {
    return { limit: table + room, words: `the postings at ${table}` };
  }
  const place = Number(rows[0]?.at ?? 0) % SEGMENT_BYTES;
  const limit = Math.min(place + room, SEGMENT_BYTES - PAGE_BYTES);
  return { limit, words: `the log at ${place}` };
}

/** The soft limit only, which its owner, who asks here, may lift again without being root. */
function limitFiles(pids: readonly number[], limit: string): void {
  const account = accountForPostgres() ?? {};
  for (const pid of pids) {
    const done = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${limit}:`], account);
    const isRefused = done.status !== 0 && isAlive(pid);
    if (done.error || isRefused) throw new NotHere(`prlimit does not work: ${String(done.stderr)}`);
  }
}

/** The postmaster and its children; Linux tells by /proc. */
function serverProcesses(postmaster: number): number[] {
  if (process.platform !== 'linux')
    throw new NotHere('Only Linux tells the children of a process.');
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === postmaster)
    .map(Number);
  return [postmaster, ...children];
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
