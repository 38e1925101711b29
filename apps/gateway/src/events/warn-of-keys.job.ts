import { Inject, Injectable } from '@nestjs/common';
import { instantToWire, type Instant } from '#libs/kernel';
import { ClientsService, type EndingKey } from '../clients/index.js';
import { HostClock } from '../platform/host-clock.js';
import { Rounds } from '../platform/rounds.js';
import type { NewEvent } from './domain/event.js';
import { warningOf } from './domain/key-warnings.js';
import { EventLog } from './event-log.js';

const EVERY_MS = 600_000;

/** Warns of keys and certificates that end soon: thirty days before, seven, and one; once each (users.md A 26). */
@Injectable()
export class WarnOfKeysJob extends Rounds {
  constructor(
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(EventLog) private readonly events: EventLog,
  ) {
    super('no warning sent', EVERY_MS);
  }

  protected async round(): Promise<number> {
    const now = this.clock.read();
    for (const key of await this.clients.endingKeys()) {
      const event = eventOf(key, now);
      if (event) await this.events.tell(event);
    }
    return EVERY_MS;
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
