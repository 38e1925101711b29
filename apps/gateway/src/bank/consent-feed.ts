import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { ConsentMessage } from '#libs/bank-core-client';
import { BankService } from './bank.service.js';
import { followStream } from './follow-stream.js';

export type ConsentChange = Extract<ConsentMessage, { type: 'consent' }>;

/** What `grants` plugs in: where reading stopped last time, and what a change does here. */
export interface ConsentSubscriber {
  readCursor(): Promise<string | undefined>;
  /** Carries out one change and remembers its cursor in the same transaction. */
  consentChanged(change: ConsentChange): Promise<void>;
}

/** Follows bank-core's consent stream in its order, one change at a time (RKN-S1c). */
@Injectable()
export class ConsentFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly log = new Logger('ConsentFeed');
  private subscriber: ConsentSubscriber | undefined;
  private cursor: string | undefined;
  private last: Promise<void> = Promise.resolve();
  private connection = { failed: false };

  constructor(@Inject(BankService) private readonly bank: BankService) {}

  subscribe(subscriber: ConsentSubscriber): void {
    this.subscriber = subscriber;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { subscriber } = this;
    if (!subscriber) return;
    this.cursor = await subscriber.readCursor();
    void followStream({
      transport: this.bank.transport,
      path: () => {
        this.connection = { failed: false };
        return `consents/stream${this.cursor ? `?cursor=${encodeURIComponent(this.cursor)}` : ''}`;
      },
      stopped: this.stopped.signal,
      onMessage: (message) => this.take(message as ConsentMessage, subscriber),
      onBreak: () => this.log.warn('consent stream broken, reading on from the last cursor'),
    });
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private take(message: ConsentMessage, subscriber: ConsentSubscriber): boolean {
    const { connection } = this;
    if (message.type === 'consent') {
      this.last = this.last.then(() => this.carryOut(message, subscriber, connection));
    }
    return !connection.failed;
  }

  /** One at a time and in order; after a failure nothing moves the cursor until the stream is read again. */
  private async carryOut(
    change: ConsentChange,
    subscriber: ConsentSubscriber,
    connection: { failed: boolean },
  ): Promise<void> {
    if (connection.failed) return;
    try {
      await subscriber.consentChanged(change);
      this.cursor = change.cursor;
    } catch (error) {
      connection.failed = true;
      this.log.error(`consent change not carried out: ${String(error)}`);
    }
  }
}
