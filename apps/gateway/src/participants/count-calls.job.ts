import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DURATION_BUCKETS_SECONDS, faultOf, Metrics, Operations } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import { CallCounts } from './domain/call-counts.js';
import { CallCountStore } from './storage/call-count.store.pg.js';

const PAUSE_MS = 5_000;
const ROWS_MAX = 1_000;

export const DURATION_BOUNDS_MS: readonly number[] = DURATION_BUCKETS_SECONDS.map(
  (seconds) => seconds * 1000,
);

/**
 * Counts each call when its answer has left and writes the counts every few seconds, many in one statement: no call
 * waits for it. A process that is killed takes the last seconds with it; one that ends writes them first.
 */
@Injectable()
export class CountCalls implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly process = randomUUID();
  private readonly counts = new CallCounts(DURATION_BOUNDS_MS);
  private readonly stopped = new AbortController();
  private readonly log = new Logger('CountCalls');

  constructor(
    @Inject(CallCountStore) private readonly store: CallCountStore,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Operations) operations: Operations,
    @Inject(Metrics) metrics: Metrics,
  ) {
    operations.onOutcome((outcome) => this.counts.add(outcome, this.clock.read()));
    const help = 'Calls that found no room in the counts that intermediaries read.';
    metrics.reading('call_counts_dropped', help, () => this.counts.dropped);
  }

  onApplicationBootstrap(): void {
    void this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.write().catch((error: unknown) => this.warn(error));
  }

  /** Stores what has changed; what could not be stored is stored with the next round. */
  async write(): Promise<void> {
    for (;;) {
      const counts = this.counts.unstored(ROWS_MAX);
      await this.store.put(this.process, counts);
      this.counts.stored(counts, this.clock.read());
      if (counts.length < ROWS_MAX) return;
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.write().catch((error: unknown) => this.warn(error));
    }
  }

  private warn(error: unknown): void {
    this.log.warn(`counts were not stored: ${JSON.stringify(faultOf(error))}`);
  }
}
