import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { RegistrationLog } from './storage/registration-log.store.pg.js';

const ROWS_MAX = 1_000;
const PAUSE_MS = 300_000;

/** Forgets used statements and proofs that have expired, so that the memory of them stays small. */
@Injectable()
export class SweepRegistrations implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly logger = new Logger('SweepRegistrations');

  constructor(@Inject(RegistrationLog) private readonly log: RegistrationLog) {}

  onApplicationBootstrap(): void {
    void this.run();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.log.sweep(ROWS_MAX).catch((error: unknown) => {
        if (!signal.aborted) this.logger.warn(`sweep failed, tried again later: ${String(error)}`);
      });
    }
  }
}
