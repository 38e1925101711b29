import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Instant } from '#libs/kernel';
import type { RegisteredClient } from './client.js';
import { HostClock } from '../platform/host-clock.js';
import { WARNING_DAYS } from './domain/registration.js';
import { ClientStore } from './storage/client.store.pg.js';
import { RegistrationStore } from './storage/registration.store.pg.js';

/** A changed key or a registration that ended is noticed within this time on every process. */
const FRESH_MS = 2_000;
const DAY_MS = 86_400_000;

/** A key or certificate whose end is near: what `certificate.expiring` and standing tell. */
export interface EndingKey {
  readonly clientId: string;
  readonly epspId: string;
  readonly kid: string;
  readonly purpose: 'sign' | 'tls';
  readonly goodUntil: Instant;
}

@Injectable()
export class ClientsService {
  private readonly fresh = new LRUCache<string, RegisteredClient>({ max: 500, ttl: FRESH_MS });

  constructor(
    @Inject(ClientStore) private readonly store: ClientStore,
    @Inject(RegistrationStore) private readonly registrations: RegistrationStore,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** The registered software, or nothing where it is unknown or gone. What is blocked is still known. */
  async find(clientId: string): Promise<RegisteredClient | undefined> {
    const known = this.fresh.get(clientId);
    if (known) return known;
    const client = await this.store.find(clientId);
    if (client) this.fresh.set(clientId, client);
    return client;
  }

  /** Whose software it is, or was: what is gone is still known here. Nothing where it was never registered. */
  ownerOf(clientId: string): Promise<string | undefined> {
    return this.store.ownerOf(clientId);
  }

  /** True while the bank blocks the software; read anew each time, so that no process lags behind (users.md A.3). */
  isBlocked(clientId: string): Promise<boolean> {
    return this.store.isBlocked(clientId);
  }

  /**
   * True where one of these marks (RFC 7638, x5t#S256) was reported as compromised: by the key itself, by officers,
   * or by this client (T-09).
   */
  isCompromised(marks: readonly string[], clientId: string): Promise<boolean> {
    return this.registrations.isCompromised(marks, clientId);
  }

  /** Live keys and certificates that end within thirty days, soonest first; of one intermediary or of all. */
  async endingKeys(epspId?: string): Promise<EndingKey[]> {
    const until = this.clock.read() + WARNING_DAYS * DAY_MS;
    const rows = await this.registrations.ending(until, epspId);
    return rows.map((row) => ({
      clientId: row.client_id,
      epspId: row.epsp_id,
      kid: row.kid,
      purpose: row.purpose,
      goodUntil: row.good_until,
    }));
  }
}
