import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { KeyMark, RegisteredClient } from '../client.js';
import { KEY_IS_COMPROMISED } from './compromised.js';

interface ClientRow {
  client_id: string;
  epsp_id: string;
  redirect_uris: string[];
  metadata: RegisteredClient['metadata'];
  keys: (KeyMark & { jwk: RegisteredClient['jwks']['keys'][number] })[];
}

/** Keys that may be used now: neither removed nor over nor reported as compromised. */
export const LIVE_KEY = `k.removed_at is null
  and (k.good_until is null or k.good_until > clock_timestamp())
  and not ${KEY_IS_COMPROMISED}`;

@Injectable()
export class ClientStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async isBlocked(clientId: string): Promise<boolean> {
    const { rows } = await this.database.pool.query<{ blocked: boolean }>({
      name: 'client-blocked',
      text: 'select software_blocked_until($1) is not null as blocked',
      values: [clientId],
    });
    return rows[0]?.blocked ?? false;
  }

  /** Also of software that is gone: what it held may still have to end. */
  async ownerOf(clientId: string): Promise<string | undefined> {
    const { rows } = await this.database.pool.query<{ epsp_id: string }>({
      name: 'client-owner',
      text: 'select epsp_id from client where client_id = $1',
      values: [clientId],
    });
    return rows[0]?.epsp_id;
  }

  async find(clientId: string): Promise<RegisteredClient | undefined> {
    const { rows } = await this.database.pool.query<ClientRow>({
      name: 'client-find',
      // A certificate that was registered for TLS alone signs no assertion.
      text: `select c.client_id, c.epsp_id, c.redirect_uris, c.metadata,
               coalesce((
                 select json_agg(json_build_object('kid', k.kid, 'thumbprint', k.thumbprint,
                   'jwk', k.jwk) order by k.recorded_at, k.kid)
                 from client_key k
                 where k.client_id = c.client_id and ${LIVE_KEY} and (k.purpose = 'sign'
                   or c.metadata ->> 'token_endpoint_auth_method' = 'self_signed_tls_client_auth')
               ), '[]') as keys
             from client c where c.client_id = $1 and c.status = 'active'`,
      values: [clientId],
    });
    const row = rows[0];
    if (!row) return undefined;
    return {
      clientId: row.client_id,
      epspId: row.epsp_id,
      redirectUris: row.redirect_uris,
      jwks: { keys: row.keys.map(({ jwk }) => jwk) },
      keyMarks: row.keys.map(({ kid, thumbprint }) => ({ kid, thumbprint })),
      metadata: row.metadata,
    };
  }
}
