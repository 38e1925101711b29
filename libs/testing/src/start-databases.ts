import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  dropDatabase,
  prepareDatabase,
  sideNames,
  sides,
  urlFor,
  type Side,
} from '../../../tools/databases/index.js';
import type { TestCluster } from '../../../tools/test/cluster.js';

/** One side's database of one test file, migrated and empty of business. */
export interface TestDatabase {
  readonly name: string;
  /** What a server logs in as: DATABASE_URL_BANK or DATABASE_URL_GATEWAY. */
  readonly appUrl: string;
  /** Owner of the schema, for seeds and for looking behind the server's back. */
  readonly ownerUrl: string;
  /** Superuser, for what only an administrator may do (reading forced row-level security). */
  readonly adminUrl: string;
}

export interface TestDatabases extends Readonly<Record<Side, TestDatabase>> {
  /** Drops both, whoever is still connected. */
  stop(): Promise<void>;
}

/** The cluster of this run. Throws with a sentence when the file was not started by `npm test`. */
export async function testCluster(): Promise<TestCluster> {
  const file = process.env['RENKEI_TEST_CLUSTER'];
  if (!file) {
    throw new Error('No test database: run `npm test -- <part of the file name>` instead of jest.');
  }
  return JSON.parse(await readFile(file, 'utf8')) as TestCluster;
}

/** A fresh pair of databases for one test file, cloned from the migrated templates (≈ 0.1 s). */
export async function startDatabases(
  templates?: Readonly<Record<Side, string>>,
): Promise<TestDatabases> {
  const cluster = await testCluster();
  const tag = randomBytes(6).toString('hex');
  const made = { bank: `bank_${tag}`, gateway: `gateway_${tag}` };
  for (const side of sideNames) {
    const template = (templates ?? cluster.templates)[side];
    await prepareDatabase(cluster.adminUrl, side, made[side], template);
  }
  return {
    bank: describe(cluster, 'bank', made.bank),
    gateway: describe(cluster, 'gateway', made.gateway),
    async stop() {
      for (const side of sideNames) await dropDatabase(cluster.adminUrl, made[side]);
    },
  };
}

function describe(cluster: TestCluster, side: Side, name: string): TestDatabase {
  const { owner, app } = sides[side];
  const admin = new URL(cluster.adminUrl);
  admin.pathname = `/${name}`;
  return {
    name,
    appUrl: urlFor(cluster.adminUrl, app, cluster.passwords[side].app, name),
    ownerUrl: urlFor(cluster.adminUrl, owner, cluster.passwords[side].owner, name),
    adminUrl: admin.toString(),
  };
}
