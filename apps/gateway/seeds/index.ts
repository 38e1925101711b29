import pg from 'pg';

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
    for (const { clientId, epspId, jwks, redirectUris, metadata = {} } of clients) {
      await client.query(
        `insert into client (client_id, epsp_id, jwks, redirect_uris, metadata)
         values ($1, $2, $3, $4, $5)
         on conflict (client_id) do update set jwks = excluded.jwks,
           redirect_uris = excluded.redirect_uris, metadata = excluded.metadata`,
        [clientId, epspId, JSON.stringify(jwks), redirectUris, JSON.stringify(metadata)],
      );
    }
  } finally {
    await client.end();
  }
}
