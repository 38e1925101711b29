import { CivilDate, type Instant } from '#libs/kernel';
import type { Database } from '#libs/platform';
import { machineNow } from '../../machine-clock.js';

/** Bank time of the campaign: the machine's and the sandbox offset, which only grows. */
export class BankClock {
  #offsetMs = 0;

  constructor(private readonly admin: Database) {}

  readonly now = (): Instant => machineNow() + this.#offsetMs;

  /** Moves bank time so that in Tokyo the next day begins `ms` from now. */
  async approachMidnight(ms: number): Promise<void> {
    const midnight = CivilDate.inTokyo(this.now()).plusDays(1).startsAt();
    const offsetMs = Math.round(this.#offsetMs + midnight - ms - this.now());
    await this.admin.pool.query(
      `insert into sandbox_clock (offset_ms) values ($1)
       on conflict (one_row) do update set offset_ms = excluded.offset_ms`,
      [offsetMs],
    );
    this.#offsetMs = offsetMs;
  }
}
