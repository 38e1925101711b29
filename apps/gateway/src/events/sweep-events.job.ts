import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { faultOf } from '#libs/platform';
import { KEPT_DAYS } from './domain/decide-replay.js';
import { EventStore } from './storage/event.store.pg.js';

const ROWS_MAX = 1_000;
const PAUSE_MS = 600_000;

/** Removes events with their deliveries once nobody may replay them any more, in small bites. */
@Injectable()
export class SweepEventsJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopped = new AbortController();
  private readonly log = new Logger('SweepEventsJob');

  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  onApplicationBootstrap(): void {
    void this.run();
  }

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const swept = await this.store.sweep(KEPT_DAYS, ROWS_MAX).catch((error: unknown) => {
        if (!signal.aborted) this.log.warn(`sweep failed: ${JSON.stringify(faultOf(error))}`);
        return 0;
      });
      if (swept >= ROWS_MAX) continue;
      await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
