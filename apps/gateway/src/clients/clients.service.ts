import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { RegisteredClient } from './client.js';
import { ClientStore } from './storage/client.store.pg.js';

/** A changed key or a blocked client is noticed within this time on every process. */
const FRESH_MS = 2_000;

@Injectable()
export class ClientsService {
  private readonly fresh = new LRUCache<string, RegisteredClient>({ max: 500, ttl: FRESH_MS });

  constructor(@Inject(ClientStore) private readonly store: ClientStore) {}

  /** The registered software, or nothing where it is unknown or blocked. */
  async find(clientId: string): Promise<RegisteredClient | undefined> {
    const known = this.fresh.get(clientId);
    if (known) return known;
    const client = await this.store.find(clientId);
    if (client) this.fresh.set(clientId, client);
    return client;
  }
}
