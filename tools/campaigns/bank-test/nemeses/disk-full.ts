import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { elapsedMs, pause, stopwatch } from '../../../machine-clock.js';
import { accountForPostgres } from '../../../embedded-postgres/index.js';
import { isAlive } from '../../../processes.js';
import { serverIsUp } from '../recovery.js';
import { everyDoor, NotHere, type Nemesis } from './nemesis.js';

const SEGMENT_BYTES = 16 * 2 ** 20;
/** So long it may take until somebody runs against the limit; then the disk stays full for a moment more. */
const PATIENCE_MS = 3_000;
const SHORT_MS = 300;

/**
 * No room to write: the limit of a file's size (RLIMIT_FSIZE) of every process of the server is set to a little
 * more than the place where the log is being written. The next writes beyond it fail as on a full disk, in the log,
 * in tables and in indexes; the server gives up rather than go on without its log. Then there is room again.
 */
export const diskFull: Nemesis = async ({ arena, random, owed, unknowns }) => {
  const { stage, admin } = arena;
  const { rows } = await admin.pool.query<{ at: string }>(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as at`,
  );
  const place = Number(rows[0]?.at ?? 0) % SEGMENT_BYTES;
  const room = 8_192 * random.between(1, 6);
  const limit = Math.min(place + room, SEGMENT_BYTES - 8_192);
  const { postmaster } = stage;
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
  return `files limited to ${limit} bytes, the log at ${place}${died ? ', the server gave up' : ''}`;
};

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
