import type pg from 'pg';
import { pause } from '../../machine-clock.js';
import { alter } from './alterations.js';

/** Where a session can be made to stand still inside the ledger's functions. */
const PLACES = {
  /** All is read and decided, nothing is written. */
  write: 1,
  /** In a single posting, before the debit's lock and before that of a credit that comes second. */
  debit: 2,
  credit: 3,
} as const;
export type Place = keyof typeof PLACES;

const CLASS = 770_001;

const ANCHORS: readonly { fn: string; before: string; place: Place }[] = [
  { fn: 'ledger_post_many', before: 'tx := pg_current_xact_id()', place: 'write' },
  { fn: 'ledger_post_one', before: 'insert into posting (', place: 'write' },
  {
    fn: 'ledger_post_one',
    before: 'update account a set balance = a.balance - p_amount',
    place: 'debit',
  },
  { fn: 'ledger_post_one', before: 'if p_debit < p_credit then', place: 'credit' },
];

/** Builds the barriers into the functions: a session that asked to pause there waits for an advisory lock. */
export async function buildBarriers(admin: pg.Client): Promise<void> {
  await admin.query(`
    create function trial_barrier(place int) returns void language plpgsql volatile as $$
    begin
      if current_setting('trial.place', true) = place::text then
        perform pg_advisory_xact_lock_shared(${CLASS}, place);
      end if;
    end $$`);
  for (const { fn, before, place } of ANCHORS) {
    const to = `perform trial_barrier(${PLACES[place]});\n    ${before}`;
    await alter(admin, [{ fn, from: before, to }]);
  }
}

/** Makes the session stand still at the place whenever that barrier is closed. */
export async function pauseAt(session: pg.Client, place: Place): Promise<void> {
  await session.query(`select set_config('trial.place', $1, false)`, [String(PLACES[place])]);
}

/** The barriers as the conductor of a trial moves them: whole interleavings, without a single sleep. */
export class Barrier {
  constructor(private readonly admin: pg.Client) {}

  async close(place: Place): Promise<void> {
    await this.admin.query('select pg_advisory_lock($1, $2)', [CLASS, PLACES[place]]);
  }

  async open(place: Place): Promise<void> {
    await this.admin.query('select pg_advisory_unlock($1, $2)', [CLASS, PLACES[place]]);
  }

  /** Resolves when the session stands before a barrier (true), or has ended its work without (false). */
  reached(pid: number, work: Promise<unknown>): Promise<boolean> {
    return this.waits(
      `select 1 from pg_locks where pid = $1 and not granted and locktype = 'advisory' and classid = ${CLASS}`,
      pid,
      work,
    );
  }

  /** Resolves when the session waits for any lock (true), or has ended its work (false). */
  standsStill(pid: number, work: Promise<unknown>): Promise<boolean> {
    return this.waits('select 1 from pg_locks where pid = $1 and not granted', pid, work);
  }

  private async waits(sql: string, pid: number, work: Promise<unknown>): Promise<boolean> {
    const state = { hasEnded: false };
    const end = () => (state.hasEnded = true);
    work.then(end, end);
    for (;;) {
      const { rows } = await this.admin.query(sql, [pid]);
      if (rows.length > 0) return true;
      if (state.hasEnded) return false;
      await pause(1);
    }
  }
}
