import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCertificates, type CertificateFiles } from '../certificates/index.js';
import { prepareDatabase, sideNames, sides, urlFor, withConnection } from '../databases/index.js';
import type { Side } from '../databases/index.js';
import { readJsonIfThere, writeJson } from '../files.js';
import { machineNow } from '../machine-clock.js';
import type { DatabaseUrls } from '../start/databases.js';
import { homeAt, openHome, type Home } from '../start/home.js';
import { ensureSecrets, type SecretFiles } from '../start/secrets.js';
import { seedBoth } from '../start/seeding.js';
import type { TestCluster } from './cluster.js';

/** The demonstration in small, made once per run of the tests and cloned by every story. */
export interface SeededHome {
  readonly home: Home;
  readonly templates: Readonly<Record<Side, string>>;
  readonly certificates: CertificateFiles;
  readonly secrets: SecretFiles;
  /** Redirect addresses of the demo clients begin with it; nobody listens there. */
  readonly applicationOrigin: string;
}

/** Any number that no other part of the tests locks. */
const LOCK = 4_711_001;
const TEMPLATES = { bank: 'seeded_bank', gateway: 'seeded_gateway' } as const;
const APPLICATION_ORIGIN = 'https://app.localhost:8446';

/** Makes it, or waits for the worker that is making it. */
export async function seededHome(cluster: TestCluster): Promise<SeededHome> {
  return withConnection(cluster.adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    try {
      return await make(cluster);
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    }
  });
}

async function make(cluster: TestCluster): Promise<SeededHome> {
  const home = await openHome(homeAt(join(cluster.folder, 'home')));
  const secrets = await ensureSecrets(home.secrets);
  const certificates = await ensureCertificates(home.certificates, machineNow());
  const made = { home, templates: TEMPLATES, certificates, secrets };
  const stamp = join(home.folder, 'seeded.json');
  if (!existsSync(stamp)) {
    for (const side of sideNames) {
      await prepareDatabase(cluster.adminUrl, side, TEMPLATES[side], cluster.templates[side]);
    }
    await seedBoth({
      home,
      urls: urlsOf(cluster),
      bankKekFile: secrets.bankKekFile,
      applicationOrigin: APPLICATION_ORIGIN,
      size: 'small',
      onProgress: () => undefined,
      onChild: () => undefined,
    });
    await writeJson(stamp, { templates: TEMPLATES });
  }
  return { ...made, applicationOrigin: APPLICATION_ORIGIN };
}

function urlsOf(cluster: TestCluster): DatabaseUrls {
  const of = (side: Side) => {
    const url = (role: 'owner' | 'app') =>
      urlFor(cluster.adminUrl, sides[side][role], cluster.passwords[side][role], TEMPLATES[side]);
    return { app: url('app'), owner: url('owner') };
  };
  return { bank: of('bank'), gateway: of('gateway') };
}

export const readPeople = async <Person>(home: Home): Promise<Person[]> =>
  (await readJsonIfThere<Person[]>(join(home.demo, 'people.json'))) ?? [];
