import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { Database } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import type { IntermediaryEvent } from './domain/event.js';
import type { Owner } from './domain/subscription.js';
import { ReaderStore, type Acknowledgement } from './storage/reader.store.pg.js';
import { Wake } from './wake.js';

export interface Poll {
  readonly maxEvents: number;
  readonly returnImmediately: boolean;
  readonly acknowledged: readonly Acknowledgement[];
}

export interface PolledEvents {
  readonly events: readonly IntermediaryEvent[];
  readonly moreAvailable: boolean;
}

/** How long a reader that asked to wait is kept where there is nothing. */
const WAIT_MS = 10_000;
const LOOK_MS = 1_000;
/** Whoever waits more often is answered at once: waiting costs a connection (T-31). */
const WAITERS_MAX = 4;

/** Polling and acknowledging: the same events as by webhook, in their order, until they are acknowledged. */
@Injectable()
export class PollService implements OnModuleDestroy {
  private readonly stopped = new AbortController();
  private readonly waiting = new Map<string, number>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(ReaderStore) private readonly store: ReaderStore,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /** Acknowledges first, then reads. Refuses with `event_unknown`, and then nothing was acknowledged. */
  async poll(
    owner: Owner,
    poll: Poll,
    gone: AbortSignal,
  ): Promise<Result<PolledEvents, Refusal<'event_unknown'>>> {
    if (!(await this.acknowledge(owner, poll.acknowledged))) return refused('event_unknown');
    if (poll.maxEvents === 0) return accepted({ events: [], moreAvailable: false });
    const page = await this.read(owner, poll.maxEvents);
    const isAnswer = page.events.length > 0 || poll.returnImmediately;
    return accepted(isAnswer ? page : await this.wait(owner, poll.maxEvents, gone));
  }

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  private async acknowledge(owner: Owner, given: readonly Acknowledgement[]): Promise<boolean> {
    if (given.length === 0) return true;
    return this.database
      .transaction(async (tx) => {
        const known = await this.store.acknowledge(tx, owner, given);
        if (known !== given.length) throw new UnknownEvent();
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof UnknownEvent) return false;
        throw error;
      });
  }

  private async wait(owner: Owner, maxEvents: number, gone: AbortSignal): Promise<PolledEvents> {
    const waiters = this.waiting.get(owner.clientId) ?? 0;
    if (waiters >= WAITERS_MAX) return { events: [], moreAvailable: false };
    this.waiting.set(owner.clientId, waiters + 1);
    try {
      const signal = AbortSignal.any([gone, this.stopped.signal]);
      const deadline = this.clock.monotonic() + WAIT_MS;
      while (!signal.aborted && this.clock.monotonic() < deadline) {
        await this.wake.sleep(LOOK_MS, signal);
        const page = await this.read(owner, maxEvents);
        if (page.events.length > 0) return page;
      }
      return { events: [], moreAvailable: false };
    } finally {
      const left = (this.waiting.get(owner.clientId) ?? 1) - 1;
      if (left > 0) this.waiting.set(owner.clientId, left);
      else this.waiting.delete(owner.clientId);
    }
  }

  private async read(owner: Owner, maxEvents: number): Promise<PolledEvents> {
    const found = await this.store.unread(owner, maxEvents);
    return { events: found.slice(0, maxEvents), moreAvailable: found.length > maxEvents };
  }
}

/** Rolls back what was acknowledged beside it. */
class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
}
