import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { ConsentMessage } from '#libs/bank-core-client';
import { Metrics } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { BankService } from './bank.service.js';
import { followStream } from './follow-stream.js';

export type ConsentChange = Extract<ConsentMessage, { type: 'consent' }>;

/** What `grants` plugs in: where reading stopped last time, and what a change does here. */
export interface ConsentSubscriber {
  readCursor(): Promise<string | undefined>;
  /** Carries out changes, in their order, and remembers the cursor of the last in the same transaction. */
  consentsChanged(changes: readonly ConsentChange[]): Promise<void>;
}

/** What has come in while the last changes were carried out goes together: a thousand ends are few commits. */
const TOGETHER_MAX = 500;

/** Follows bank-core's consent stream in its order (RKN-S1c). */
@Injectable()
export class ConsentFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly log = new Logger('ConsentFeed');
  private subscriber: ConsentSubscriber | undefined;
  private cursor: string | undefined;
  private connection = newConnection();
  private heardAt: number | undefined;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(BankService) private readonly bank: BankService,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Metrics) metrics: Metrics,
  ) {
    const help = 'Milliseconds since the consent stream last said something.';
    metrics.reading('consent_stream_silence_ms', help, () =>
      this.heardAt === undefined ? undefined : this.clock.monotonic() - this.heardAt,
    );
  }

  subscribe(subscriber: ConsentSubscriber): void {
    this.subscriber = subscriber;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { subscriber } = this;
    if (!subscriber) return;
    this.cursor = await subscriber.readCursor();
    void followStream({
      transport: this.bank.transport,
      silenceMs: this.config.patience.streamSilenceMs,
      path: () => {
        this.connection = newConnection();
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
    this.heardAt = this.clock.monotonic();
    if (message.type === 'consent') {
      connection.waiting.push(message);
      if (!connection.isBusy) void this.carryOut(subscriber, connection);
    }
    return !connection.failed;
  }

  /** In order; after a failure nothing moves the cursor until the stream is read again. */
  private async carryOut(subscriber: ConsentSubscriber, connection: Connection): Promise<void> {
    connection.isBusy = true;
    while (connection.waiting.length > 0 && !connection.failed) {
      const changes = connection.waiting.splice(0, TOGETHER_MAX);
      try {
        await subscriber.consentsChanged(changes);
        this.cursor = changes.at(-1)?.cursor ?? this.cursor;
      } catch (error) {
        connection.failed = true;
        this.log.error(`consent changes not carried out: ${String(error)}`);
      }
    }
    connection.isBusy = false;
  }
}

/** One reading of the stream: what it brought and is still to be done. */
interface Connection {
  readonly waiting: ConsentChange[];
  isBusy: boolean;
  failed: boolean;
}

const newConnection = (): Connection => ({ waiting: [], isBusy: false, failed: false });
