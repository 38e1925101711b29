import type { Instant } from '#libs/kernel';
import { withConnection } from '../../databases/index.js';
import { machineNow, pause } from '../../machine-clock.js';

const STEP_MS = 30_000;
/** The gateway keeps its own time: further apart, a request has expired at the bank when it comes. */
const OFFSET_MS_MAX = 8 * 60_000;

/**
 * A one-time password is good once. Instead of waiting half a minute whenever the same holder comes
 * again, the campaign moves bank time on, by the offset that sandboxes and tests have; when the two
 * servers' clocks would drift too far apart it waits after all.
 */
export class BankTime {
  #offsetMs = 0;
  readonly #lastStep = new Map<string, number>();

  constructor(private readonly databaseUrl: string) {}

  /** Called before each confirmation of `holder`: its next one-time password is a fresh one. */
  async nextStep(holder: string): Promise<void> {
    const free = (this.#lastStep.get(holder) ?? 0) + 1;
    const missingMs = free * STEP_MS - this.now();
    if (missingMs > 0 && this.#offsetMs + missingMs <= OFFSET_MS_MAX) await this.#move(missingMs);
    else if (missingMs > 0) await pause(missingMs);
    this.#lastStep.set(holder, Math.floor(this.now() / STEP_MS));
  }

  readonly now = (): Instant => machineNow() + this.#offsetMs;

  async #move(ms: number): Promise<void> {
    this.#offsetMs += Math.ceil(ms);
    await withConnection(this.databaseUrl, async (client) => {
      await client.query('DELETE FROM sandbox_clock');
      await client.query('INSERT INTO sandbox_clock (offset_ms) VALUES ($1)', [this.#offsetMs]);
    });
  }
}
