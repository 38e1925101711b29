import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  migrate,
  newPassword,
  newRolePasswords,
  prepareDatabase,
  prepareRoles,
  sideNames,
  urlFor,
  type RolePasswords,
  type Side,
} from '../databases/index.js';
import { accountForPostgres, placeForCluster, startCluster } from '../embedded-postgres/index.js';
import { stopOrphan } from '../embedded-postgres/orphan.js';
import { makeFolder, readJsonIfThere, writeJson } from '../files.js';
import { isAlive } from '../processes.js';
import { homeFolder } from '../project.js';

/** What a test file needs to make databases of its own; written for the workers, mode 0600. */
export interface TestCluster {
  /** Superuser's URL, for CREATE DATABASE and DROP DATABASE. */
  readonly adminUrl: string;
  readonly passwords: RolePasswords;
  /** Databases with every migration and no row of business, to be cloned. */
  readonly templates: Readonly<Record<Side, string>>;
  /** A folder of this run, for what the files share. */
  readonly folder: string;
}

export interface RunningTestCluster {
  /** Value of RENKEI_TEST_CLUSTER. */
  readonly file: string;
  stop(): Promise<void>;
}

interface Marker {
  readonly pid: number;
  readonly folder: string;
  readonly place: string;
}

const markersFolder = (): string => join(homeFolder(), 'tests');

/**
 * One cluster for one run of the tests, below the system's temporary folder; gone at its end. A campaign that
 * measures asks for one that keeps what it commits.
 */
export async function startTestCluster({ isThrowaway = true } = {}): Promise<RunningTestCluster> {
  await clearAbandonedRuns();
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-test-'));
  await makeFolder(folder, 0o711);
  const place = await placeForCluster(folder, accountForPostgres());
  const marker = join(markersFolder(), `${process.pid}.json`);
  await writeJson(marker, { pid: process.pid, folder, place } satisfies Marker);
  const cluster = await startCluster({
    place,
    password: newPassword(),
    logFile: join(folder, 'postgres.log'),
    isThrowaway,
  });
  const stop = async (): Promise<void> => {
    await cluster.stop();
    await removeRun({ pid: process.pid, folder, place });
    await rm(marker, { force: true });
  };
  try {
    const file = join(folder, 'cluster.json');
    await writeJson(file, await prepareTemplates(cluster.url('postgres'), folder));
    return { file, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepareTemplates(adminUrl: string, folder: string): Promise<TestCluster> {
  const passwords = newRolePasswords();
  const templates = { bank: 'template_bank', gateway: 'template_gateway' } as const;
  await prepareRoles(adminUrl, passwords);
  for (const side of sideNames) {
    await prepareDatabase(adminUrl, side, templates[side]);
    const owner = urlFor(adminUrl, `renkei_${side}_owner`, passwords[side].owner, templates[side]);
    await migrate(side, owner);
  }
  return { adminUrl, passwords, templates, folder };
}

/** A run that was killed leaves its server and its folder; the next run takes them away. */
async function clearAbandonedRuns(): Promise<void> {
  const names = await readdir(markersFolder()).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const file = join(markersFolder(), name);
    const marker = await readJsonIfThere<Marker>(file);
    if (marker && isAlive(marker.pid)) continue;
    if (marker) {
      await stopOrphan(join(marker.place, 'data'));
      await removeRun(marker);
    }
    await rm(file, { force: true });
  }
}

async function removeRun({ folder, place }: Marker): Promise<void> {
  await rm(place, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}
