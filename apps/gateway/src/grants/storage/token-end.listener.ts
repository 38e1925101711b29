import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import { HostClock } from '../../platform/host-clock.js';

const PING_MS = 500;
const RETRY_MS = 200;
/** Told when software is blocked: every token may have ended. */
const ANY_TOKEN = '*';

/**
 * Hears of every token that ends, on a connection of its own. It asks the connection for a sign of life
 * twice a second, since a dead TCP peer is silent: `heardUntil` is the moment up to which nothing can
 * have been missed.
 */
@Injectable()
export class TokenEndListener implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Monotonic milliseconds. */
  heardUntil = -Infinity;
  private onEnd: (hash: string) => void = () => undefined;
  private onGap: () => void = () => undefined;
  private readonly stopped = new AbortController();

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** `onEnd` for each token that ended; `onGap` when ends may have been missed. */
  listen(onEnd: (hash: string) => void, onGap: () => void): void {
    this.onEnd = onEnd;
    this.onGap = onGap;
  }

  onApplicationBootstrap(): void {
    void this.keepListening();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async keepListening(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await this.listenUntilItBreaks(signal).catch(() => undefined);
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async listenUntilItBreaks(signal: AbortSignal): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: 'gateway-token-end',
      query_timeout: this.config.patience.listenerAnswerMs,
    });
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) =>
      payload === ANY_TOKEN ? this.onGap() : this.onEnd(payload),
    );
    try {
      await client.connect();
      await client.query('listen renkei_token_end');
      // Whatever ended while nobody listened is still in the cache: begin with an empty one.
      this.onGap();
      while (!signal.aborted) {
        const asked = this.clock.monotonic();
        await client.query('select 1');
        this.heardUntil = asked;
        await sleep(PING_MS, undefined, { signal });
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
