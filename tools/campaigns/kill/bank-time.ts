import type { Instant } from '#libs/kernel';
import { withConnection } from '../../databases/index.js';
import { machineNow } from '../../machine-clock.js';

const STEP_MS = 30_000;

/**
 * A one-time password is good once. Instead of waiting half a minute between two confirmations the
 * campaign moves bank time one step ahead, by the offset that sandboxes and tests have.
 */
export class BankTime {
  #offsetMs = 0;

  constructor(private readonly databaseUrl: string) {}

  /** Called before each confirmation; the clock never goes back. */
  async nextStep(): Promise<void> {
    this.#offsetMs += STEP_MS;
    await withConnection(this.databaseUrl, async (client) => {
      await client.query('DELETE FROM sandbox_clock');
      await client.query('INSERT INTO sandbox_clock (offset_ms) VALUES ($1)', [this.#offsetMs]);
    });
  }

  readonly now = (): Instant => machineNow() + this.#offsetMs;
}
