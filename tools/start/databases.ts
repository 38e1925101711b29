import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  prepareDatabase,
  prepareRoles,
  sideNames,
  sides,
  urlFor,
  whyUnreachable,
  type Side,
} from '../databases/index.js';
import { dropDatabase } from '../databases/prepare.js';
import {
  accountForPostgres,
  placeForCluster,
  startCluster,
  type Cluster,
} from '../embedded-postgres/index.js';
import { stopOrphan } from '../embedded-postgres/orphan.js';
import { Failure } from '../failure.js';
import type { Home } from './home.js';
import type { DatabaseSecrets } from './secrets.js';

/** Where a side's database is: for the server, and for migrations and seeds. */
export interface SideUrls {
  readonly app: string;
  /** Undefined: an outside database whose schema somebody else keeps. */
  readonly owner: string | undefined;
}

export type DatabaseUrls = Readonly<Record<Side, SideUrls>>;

const VARIABLES = { bank: 'DATABASE_URL_BANK', gateway: 'DATABASE_URL_GATEWAY' } as const;

/** The databases named from outside; undefined for a side that is to be embedded. */
export function outsideUrls(): Readonly<Record<Side, SideUrls | undefined>> {
  const read = (side: Side): SideUrls | undefined => {
    const app = process.env[VARIABLES[side]];
    const owner = process.env[`${VARIABLES[side]}_OWNER`];
    return app ? { app, owner: owner || undefined } : undefined;
  };
  return { bank: read('bank'), gateway: read('gateway') };
}

/** Asks every outside database for an answer before anything is started. */
export async function refuseSilentDatabases(): Promise<void> {
  const urls = outsideUrls();
  for (const side of sideNames) {
    for (const url of [urls[side]?.app, urls[side]?.owner]) {
      const reason = url === undefined ? undefined : await whyUnreachable(url);
      if (reason === undefined) continue;
      const name = VARIABLES[side];
      throw new Failure({
        ja: `${name} のデータベースから応答がありません（${reason}）。データベースを起動するか、${name} を直すか、外して同梱の PostgreSQL を使ってください。`,
        en:
          `The database of ${name} does not answer (${reason}); start it, mend ` +
          `${name}, or unset it to use the packaged PostgreSQL.`,
      });
    }
  }
}

/** Starts the embedded cluster of this installation. */
export async function startEmbedded(
  home: Home,
  secrets: DatabaseSecrets,
  onUnexpectedExit: () => void,
): Promise<Cluster> {
  return startCluster({
    place: await placeForCluster(home.folder, accountForPostgres()),
    password: secrets.superuser,
    logFile: join(home.log, 'postgres.log'),
    onUnexpectedExit,
  });
}

/** Makes roles and databases of the embedded cluster; `isFresh` drops what a cut seed left. */
export async function prepareEmbedded(
  cluster: Cluster,
  secrets: DatabaseSecrets,
  isFresh: boolean,
): Promise<DatabaseUrls> {
  const adminUrl = cluster.url('postgres');
  const outside = outsideUrls();
  await prepareRoles(adminUrl, secrets.roles);
  const urls = {} as Record<Side, SideUrls>;
  for (const side of sideNames) {
    const { database, owner, app } = sides[side];
    const given = outside[side];
    if (!given) {
      if (isFresh) await dropDatabase(adminUrl, database);
      await prepareDatabase(adminUrl, side);
    }
    urls[side] = given ?? {
      app: urlFor(adminUrl, app, secrets.roles[side].app, database),
      owner: urlFor(adminUrl, owner, secrets.roles[side].owner, database),
    };
  }
  return urls;
}

/** For `--reset`: the cluster goes, after its server has stopped. */
export async function removeEmbedded(home: Home): Promise<void> {
  const place = await placeForCluster(home.folder, accountForPostgres());
  await stopOrphan(join(place, 'data'));
  await rm(place, { recursive: true, force: true });
}
