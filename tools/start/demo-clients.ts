import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { withConnection } from '../databases/index.js';
import { readJsonIfThere, writeJson } from '../files.js';
import { newSigningKey } from './signing-key.js';

/** What `npm run flow` needs to act as an intermediary: `.renkei/demo/<epspId>.json`. */
export interface DemoClient {
  readonly epsp_id: string;
  readonly client_id: string;
  readonly redirect_uri: string;
  /** Private ES256 key of `private_key_jwt`. */
  readonly jwk: JWK;
  readonly name: { readonly ja: string; readonly en: string };
  readonly chain_partners: readonly string[];
}

interface IntermediaryRow {
  readonly id: string;
  readonly name_ja: string;
  readonly name_en: string;
  readonly chain_partners: string[];
}

/** One client per intermediary of the bank's register, with keys of this installation alone. */
export async function ensureDemoClients(
  folder: string,
  bankOwnerUrl: string,
  applicationOrigin: string,
): Promise<DemoClient[]> {
  const clients: DemoClient[] = [];
  for (const row of await intermediariesOf(bankOwnerUrl)) {
    const file = join(folder, `${row.id}.json`);
    const redirectUri = `${applicationOrigin}/callback/${row.id}`;
    const kept = await readJsonIfThere<DemoClient>(file);
    const client: DemoClient = {
      epsp_id: row.id,
      client_id: kept?.client_id ?? `client_${randomBytes(10).toString('hex')}`,
      redirect_uri: kept?.redirect_uri ?? redirectUri,
      jwk: kept?.jwk ?? (await newSigningKey('ES256')),
      name: { ja: row.name_ja, en: row.name_en },
      chain_partners: row.chain_partners,
    };
    await writeJson(file, client);
    clients.push(client);
  }
  return clients;
}

/** What anybody may know of the key; this alone is handed to the gateway's seed. */
export function publicKeyOf({ jwk }: DemoClient): JWK {
  const { kty, crv, x, y, kid, alg, use } = jwk;
  return Object.fromEntries(
    Object.entries({ kty, crv, x, y, kid, alg, use }).filter(([, value]) => value !== undefined),
  ) as JWK;
}

async function intermediariesOf(url: string): Promise<IntermediaryRow[]> {
  const found = await withConnection(url, (client) =>
    client.query<IntermediaryRow>(
      `SELECT i.id, i.name_ja, i.name_en,
              array_remove(array_agg(p.id ORDER BY p.id), NULL) AS chain_partners
         FROM federation.intermediary i
         LEFT JOIN federation.chain_partner p
           ON p.intermediary_id = i.id AND p.status = 'contracted'
        WHERE i.status = 'active'
        GROUP BY i.id ORDER BY i.id`,
    ),
  );
  return found.rows;
}
