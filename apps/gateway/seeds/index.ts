import pg from 'pg';
import { registeredKeys } from '../src/clients/index.js';

/** Software of the demonstration: which intermediary it belongs to, its public keys, where it returns. */
export interface SeedClient {
  readonly clientId: string;
  readonly epspId: string;
  readonly jwks: { readonly keys: readonly object[] };
  readonly redirectUris: readonly string[];
  /** RFC 7591 members that differ from private_key_jwt, DPoP and plain requests. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Writes the demonstration's clients; running it again brings keys and redirect URIs up to date. */
export async function seed(
  ownerDatabaseUrl: string,
  { clients }: { clients: readonly SeedClient[] },
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerDatabaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const one of clients) await seedClient(client, one);
  } finally {
    await client.end();
  }
}

async function seedClient(owner: pg.Client, one: SeedClient): Promise<void> {
  const { clientId, epspId, jwks, redirectUris, metadata = {} } = one;
  await owner.query(
    `insert into client (client_id, epsp_id, redirect_uris, metadata) values ($1, $2, $3, $4)
     on conflict (client_id) do update
       set redirect_uris = excluded.redirect_uris, metadata = excluded.metadata`,
    [clientId, epspId, redirectUris, JSON.stringify(metadata)],
  );
  for (const key of registeredKeys(jwks)) {
    await owner.query(
      `insert into client_key (client_id, kid, purpose, thumbprint, certificate_thumbprint, jwk)
       values ($1, $2, 'sign', $3, $4, $5)
       on conflict (client_id, kid) do update set thumbprint = excluded.thumbprint,
         certificate_thumbprint = excluded.certificate_thumbprint, jwk = excluded.jwk`,
      [clientId, key.kid, key.thumbprint, key.certificateThumbprint, JSON.stringify(key.jwk)],
    );
  }
}
