import { pause } from '../../../machine-clock.js';
import { signal } from '../../../processes.js';
import { serverIsUp } from '../recovery.js';
import { everyDoor, type Nemesis } from './nemesis.js';

const TRIES = 100;

/** The process number of a backend in the middle of an order; of any of the server's when none is. */
async function aBackend({ arena, random }: Parameters<Nemesis>[0]): Promise<[number, string]> {
  for (let tries = 1; ; tries += 1) {
    const { rows } = await arena.admin.pool.query<{ pid: number; name: string; busy: boolean }>(
      `select pid, application_name as name, backend_xid is not null as busy from pg_stat_activity
       where application_name in ('writer-a', 'writer-b', 'singles', 'transactions', 'confirm')`,
    );
    const busy = rows.filter((row) => row.busy);
    if (busy.length > 0 || (tries > TRIES && rows.length > 0)) {
      const { pid, name, busy: inside } = random.pick(busy.length > 0 ? busy : rows);
      return [pid, `${name}${inside ? ' inside a transaction' : ''}`];
    }
    if (tries > TRIES) throw new Error('Nobody is connected.');
  }
}

/** kill -9 of the postmaster; its backends see that it has gone. Crash recovery from the log. */
export const killPostmaster: Nemesis = async ({ arena, owed }) => {
  await arena.stage.kill();
  owed(everyDoor(arena));
  await serverIsUp(arena);
  return 'postmaster killed';
};

/** kill -9 of one backend: the postmaster ends all others, since shared memory may be torn, and recovers. */
export const killBackend: Nemesis = async (blow) => {
  const [pid, whose] = await aBackend(blow);
  signal(pid, 'SIGKILL');
  blow.owed(everyDoor(blow.arena));
  await pause(50);
  await serverIsUp(blow.arena);
  return `backend of ${whose} killed`;
};

/** A backend that stands still with its locks: others wait, and nothing is decided by its stale view. */
export const freezeBackend: Nemesis = async (blow) => {
  const [pid, whose] = await aBackend(blow);
  const ms = blow.random.between(200, 700);
  signal(pid, 'SIGSTOP');
  await pause(ms);
  signal(pid, 'SIGCONT');
  blow.owed(everyDoor(blow.arena));
  return `backend of ${whose} frozen for ${ms} ms`;
};
