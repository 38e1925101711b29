import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { instantToWire, type Instant } from '#libs/kernel';
import { faultOf } from '#libs/platform';
import { ClientsService, type EndingKey } from '../clients/index.js';
import { HostClock } from '../platform/host-clock.js';
import type { NewEvent } from './domain/event.js';
import { warningOf } from './domain/key-warnings.js';
import { EventLog } from './event-log.js';

const EVERY_MS = 600_000;

/** Warns of keys and certificates that end soon: thirty days before, seven, and one; once each (users.md A 26). */
@Injectable()
export class WarnOfKeysJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopped = new AbortController();
  private readonly log = new Logger('WarnOfKeysJob');

  constructor(
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(EventLog) private readonly events: EventLog,
  ) {}

  onApplicationBootstrap(): void {
    void this.keepLooking();
  }

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  async run(): Promise<void> {
    const now = this.clock.read();
    for (const key of await this.clients.endingKeys()) {
      const event = eventOf(key, now);
      if (event) await this.events.tell(event);
    }
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await this.run().catch((error: unknown) => {
        if (!signal.aborted) this.log.warn(`no warning sent: ${JSON.stringify(faultOf(error))}`);
      });
      await sleep(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

function eventOf({ clientId, epspId, kid, purpose, goodUntil }: EndingKey, now: Instant) {
  const days = warningOf(goodUntil, now);
  if (days === undefined) return undefined;
  return {
    epspId,
    sourceKey: `key:${clientId}:${kid}:${goodUntil}:${days}`,
    type: 'certificate.expiring',
    clientId,
    chainPartnerId: 'none',
    bankCode: null,
    data: { keyId: kid, purpose, goodUntil: instantToWire(goodUntil), daysLeft: days },
    occurredAt: now,
  } satisfies NewEvent;
}
