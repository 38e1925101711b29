import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localAgent, localFetch, type LocalFetch } from '../../../tools/http/index.js';
import { makeFolder, readJsonIfThere } from '../../../tools/files.js';
import { freePorts } from '../../../tools/ports.js';
import type { DemoClient } from '../../../tools/start/demo-clients.js';
import type { DemoOfficer, DemoPerson } from '../../../tools/start/seeds.js';
import { staffFile } from '../../../tools/start/seeding.js';
import {
  bankOrigin,
  gatewayMutualOrigin,
  gatewayOrigin,
} from '../../../tools/start/server-environment.js';
import { Servers } from '../../../tools/start/servers.js';
import { readPeople, seededHome, type SeededHome } from '../../../tools/test/seeded-home.js';
import { startDatabases, testCluster, type TestDatabases } from './start-databases.js';

/** Both servers of one story, as processes of their own, on a seeded pair of databases. */
export interface TestSystem {
  readonly gatewayOrigin: string;
  /** The host for calls with a client certificate. */
  readonly gatewayMutualOrigin: string;
  readonly bankOrigin: string;
  /** PEM of the authority that signed both. */
  readonly authority: string;
  /** Finds `*.localhost`, trusts that authority and follows no redirect. */
  readonly fetch: LocalFetch;
  readonly databases: TestDatabases;
  readonly people: readonly DemoPerson[];
  /** Officers of the demonstration, for `npm run staff`. */
  readonly officers: readonly DemoOfficer[];
  /** Software of the demonstration's intermediaries, with private keys. */
  readonly clients: readonly DemoClient[];
  /** Where the two servers listen, the internal listener included. */
  readonly ports: ServerPorts;
  /** Files of this run's certificates, for stories in which somebody shows the wrong one. */
  readonly certificates: SeededHome['certificates'];
  /** Files of this run's secrets, for stories in which somebody vouches for software. */
  readonly secrets: SeededHome['secrets'];
  /** For stories in which a server dies. */
  readonly servers: Servers;
  stop(): Promise<void>;
}

const ATTEMPTS = 3;

/** Starts bank-core and the gateway on free ports. Waits until both answer over TLS. */
export async function startServers(): Promise<TestSystem> {
  const seeded = await seededHome(await testCluster());
  const databases = await startDatabases(seeded.templates);
  for (let attempt = 1; ; attempt += 1) {
    const started = await launch(seeded, databases);
    const failure = await started.servers.start().then(
      () => undefined,
      (error: Error) => error,
    );
    if (!failure) return describe(seeded, databases, started);
    await started.servers.stop();
    // Between choosing a free port and listening on it, another suite may have taken it.
    if (attempt < ATTEMPTS && /EADDRINUSE/.test(failure.message)) continue;
    await databases.stop();
    throw failure;
  }
}

interface ServerPorts {
  readonly gateway: number;
  readonly gatewayMutual: number;
  readonly bank: number;
  readonly bankInternal: number;
  readonly console: number;
}

interface Launched {
  readonly ports: ServerPorts;
  readonly servers: Servers;
  readonly gatewayOrigin: string;
  readonly gatewayMutualOrigin: string;
  readonly bankOrigin: string;
}

async function launch(seeded: SeededHome, databases: TestDatabases): Promise<Launched> {
  const [gateway = 0, gatewayMutual = 0, bank = 0, bankInternal = 0, console = 0] =
    await freePorts(5);
  const ports = { gateway, gatewayMutual, bank, bankInternal, console, application: 8446 };
  const logFolder = join(seeded.home.log, randomBytes(4).toString('hex'));
  await makeFolder(logFolder, 0o700);
  const servers = new Servers({
    setting: {
      mode: 'test',
      log: 'warn',
      // Other work may stall a test's servers for many seconds.
      patience: 30,
      ports,
      certificates: seeded.certificates,
      secrets: seeded.secrets,
      databaseUrls: { bank: databases.bank.appUrl, gateway: databases.gateway.appUrl },
    },
    logFolder,
    onEvent: () => undefined,
  });
  const origins = {
    gatewayOrigin: gatewayOrigin(ports),
    gatewayMutualOrigin: gatewayMutualOrigin(ports),
    bankOrigin: bankOrigin(ports),
  };
  return { servers, ports, ...origins };
}

async function describe(
  seeded: SeededHome,
  databases: TestDatabases,
  launched: Launched,
): Promise<TestSystem> {
  const authority = await readFile(seeded.certificates.outsideAuthority, 'utf8');
  const agent = localAgent(authority);
  return {
    ...launched,
    certificates: seeded.certificates,
    secrets: seeded.secrets,
    authority,
    fetch: localFetch(agent),
    databases,
    people: await readPeople<DemoPerson>(seeded.home),
    officers: (await readJsonIfThere<DemoOfficer[]>(staffFile(seeded.home))) ?? [],
    clients: await readClients(seeded.home.demo),
    async stop() {
      agent.destroy();
      await launched.servers.stop();
      await databases.stop();
    },
  };
}

async function readClients(folder: string): Promise<DemoClient[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('epsp_')).sort();
  const read = await Promise.all(
    names.map((name) => readJsonIfThere<DemoClient>(join(folder, name))),
  );
  return read.filter((client) => client !== undefined);
}
