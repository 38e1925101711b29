import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { RegisteredClient } from '../client.js';

interface ClientRow {
  client_id: string;
  epsp_id: string;
  redirect_uris: string[];
  jwks: RegisteredClient['jwks'];
  metadata: RegisteredClient['metadata'];
}

@Injectable()
export class ClientStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async find(clientId: string): Promise<RegisteredClient | undefined> {
    const { rows } = await this.database.pool.query<ClientRow>({
      name: 'client-find',
      text: `select client_id, epsp_id, redirect_uris, jwks, metadata from client
             where client_id = $1 and status = 'active'`,
      values: [clientId],
    });
    const row = rows[0];
    if (!row) return undefined;
    const { client_id: id, epsp_id: epspId, redirect_uris: redirectUris, jwks, metadata } = row;
    return { clientId: id, epspId, redirectUris, jwks, metadata };
  }
}
