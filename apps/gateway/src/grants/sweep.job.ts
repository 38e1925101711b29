import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { GrantStore } from './storage/grant.store.pg.js';

const ROWS_MAX = 1_000;
const PAUSE_MS = 60_000;

/** Removes expired artifacts and proofs in small bites, so that no sweep holds locks for long. */
@Injectable()
export class SweepJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly log = new Logger('SweepJob');

  constructor(@Inject(GrantStore) private readonly store: GrantStore) {}

  onApplicationBootstrap(): void {
    void this.run();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const swept = await this.store.sweep(ROWS_MAX).catch((error: unknown) => {
        if (!signal.aborted) this.log.warn(`sweep failed, tried again later: ${String(error)}`);
        return 0;
      });
      if (swept >= ROWS_MAX) continue;
      await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
