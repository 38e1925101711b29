import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

const LOOK_MS = 250;
/** After a number was drawn its transaction may run on for a while: look again until then. */
const RESTLESS_MS = 2_000;

/**
 * Tells when it is worth reading the changes again: somebody drew a number from one of their sequences.
 * No NOTIFY, because it would make every posting's commit wait for the one before it.
 */
@Injectable()
export class ChangeHint {
  private last = '';
  private restlessUntil = -Infinity;
  private readonly stopped = new AbortController();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Returns when there may be something new, at `deadline` (monotonic ms), or when the reader is gone. */
  async next(deadline: number, gone: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([gone, this.stopped.signal]);
    while (!signal.aborted && performance.now() < deadline) {
      const rest = Math.min(LOOK_MS, Math.max(0, deadline - performance.now()));
      await sleep(rest, undefined, { signal }).catch(() => undefined);
      if (await this.hasMoved()) return;
    }
  }

  stop(): void {
    this.stopped.abort();
  }

  private async hasMoved(): Promise<boolean> {
    const { rows } = await this.database.pool.query<{ drawn: string }>(
      `select (select last_value from party_change_id_seq)::text || ' ' ||
         (select last_value from federation.party_change_id_seq)::text as drawn`,
    );
    const { drawn } = rows[0]!;
    if (drawn !== this.last) {
      this.last = drawn;
      this.restlessUntil = performance.now() + RESTLESS_MS;
    }
    return performance.now() < this.restlessUntil;
  }
}
