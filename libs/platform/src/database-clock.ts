import type { Clock, Instant } from '#libs/kernel';
import type { Database } from './database.js';

/** Database time plus the sandbox offset, so that every node agrees; the host's clock is never asked. */
export class DatabaseClock implements Clock {
  constructor(private readonly database: Database) {}

  async now(): Promise<Instant> {
    const { rows } = await this.database.pool.query<{ now: Instant }>('select renkei_now() as now');
    return rows[0]!.now;
  }
}
