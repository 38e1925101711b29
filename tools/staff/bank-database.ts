import { join } from 'node:path';
import { sides, urlFor, type Side } from '../databases/index.js';
import { accountForPostgres, placeForCluster } from '../embedded-postgres/index.js';
import { Failure } from '../failure.js';
import { readJsonIfThere } from '../files.js';
import { homeAt } from '../start/home.js';
import type { DatabaseSecrets } from '../start/secrets.js';

/**
 * bank-core's database under the role of its server: DATABASE_URL_BANK, or the packaged one of this
 * installation while `npm start` runs.
 */
export async function bankDatabaseUrl(): Promise<string> {
  const given = process.env['DATABASE_URL_BANK'];
  if (given) return given;
  return packagedUrl('bank', 'app');
}

/**
 * The gateway's database under its owner: who records what the bank decided about a registration is not the
 * server that asked (T-12). DATABASE_URL_GATEWAY_OWNER, or the packaged one.
 */
export async function gatewayOwnerUrl(): Promise<string> {
  return process.env['DATABASE_URL_GATEWAY_OWNER'] || packagedUrl('gateway', 'owner');
}

async function packagedUrl(side: Side, role: 'app' | 'owner'): Promise<string> {
  const home = homeAt();
  const secrets = await readJsonIfThere<DatabaseSecrets>(join(home.secrets, 'database.json'));
  const place = await placeForCluster(home.folder, accountForPostgres()).catch(() => undefined);
  const port = place && (await readJsonIfThere<{ port: number }>(join(place, 'port.json')));
  if (!secrets || !port) throw notInstalled();
  const { database, [role]: user } = sides[side];
  return urlFor(`postgres://127.0.0.1:${port.port}`, user, secrets.roles[side][role], database);
}

export const notInstalled = (): Failure =>
  new Failure(
    {
      ja: '銀行側のデータベースが見つからないか、応答がありません。npm start を実行するか、DATABASE_URL_BANK を設定してください。',
      en: "The bank's database is not there or does not answer; run npm start, or set DATABASE_URL_BANK.",
    },
    6,
  );
