import { join } from 'node:path';
import { sides, urlFor } from '../databases/index.js';
import { accountForPostgres, placeForCluster } from '../embedded-postgres/index.js';
import { Failure } from '../failure.js';
import { readJsonIfThere } from '../files.js';
import type { Home } from '../start/home.js';
import type { DatabaseSecrets } from '../start/secrets.js';

/** The gateway's packaged database under its owner, who alone registers software without asking. */
export async function gatewayOwnerUrl(home: Home): Promise<string> {
  const given = process.env['DATABASE_URL_GATEWAY_OWNER'];
  if (given) return given;
  const secrets = await readJsonIfThere<DatabaseSecrets>(join(home.secrets, 'database.json'));
  const place = await placeForCluster(home.folder, accountForPostgres());
  const port = await readJsonIfThere<{ port: number }>(join(place, 'port.json'));
  if (!secrets || !port) {
    throw new Failure({
      ja: 'ゲートウェイのデータベースが見つかりません。npm start を実行してください。',
      en: "The gateway's database is not there; run npm start.",
    });
  }
  const { database, owner } = sides.gateway;
  return urlFor(`postgres://127.0.0.1:${port.port}`, owner, secrets.roles.gateway.owner, database);
}
