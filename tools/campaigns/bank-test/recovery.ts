import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { Arena } from './arena.js';

const PATIENCE_MS = 60_000;

/** Starts the server where it has gone, and waits until it answers. */
export async function serverIsUp({ stage, admin }: Arena): Promise<void> {
  const since = stopwatch();
  for (;;) {
    await stage.ensureUp();
    try {
      await admin.pool.query('select 1');
      return;
    } catch (error) {
      if (elapsedMs(since) > PATIENCE_MS) throw error;
      await pause(20);
    }
  }
}

/** Waits until no transaction of the server is on its way: one may still commit whose client has died. */
export async function everythingRests(arena: Arena): Promise<void> {
  const since = stopwatch();
  for (;;) {
    await serverIsUp(arena);
    const { rows } = await arena.admin.pool
      .query<{ busy: bigint }>(
        `select count(*) as busy from pg_stat_activity
         where usename = 'renkei_bank_app' and (backend_xid is not null or state <> 'idle')
           and application_name <> 'reader'`,
      )
      .catch(() => ({ rows: [] }));
    if (rows[0]?.busy === 0n) return;
    if (elapsedMs(since) > PATIENCE_MS) throw new Error('Some transaction never ends.');
    await pause(20);
  }
}
