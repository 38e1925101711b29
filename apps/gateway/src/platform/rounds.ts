import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { faultOf } from '#libs/platform';

/**
 * Work that a process does again and again from its start to its end, one round after the other. A round that fails is
 * logged and tried again; what is due is a row or a feed that tells it once more, never something kept here.
 */
export abstract class Rounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopped = new AbortController();
  private readonly log = new Logger(this.constructor.name);

  /** `trouble` is what the log says of a round that failed; the next begins `retryMs` later. */
  protected constructor(
    private readonly trouble: string,
    private readonly retryMs: number,
  ) {}

  /** One round; answers the milliseconds to rest before the next. */
  protected abstract round(): Promise<number>;

  /** The process is ending: a round that waited for long has nothing more to do. */
  protected get isEnding(): boolean {
    return this.stopped.signal.aborted;
  }

  onApplicationBootstrap(): void {
    void this.goRound();
  }

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  private async goRound(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const restMs = await this.round().catch((error: unknown) => {
        if (!signal.aborted) this.log.warn(`${this.trouble}: ${JSON.stringify(faultOf(error))}`);
        return this.retryMs;
      });
      await sleep(restMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
