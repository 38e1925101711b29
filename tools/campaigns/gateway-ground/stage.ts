import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDatabases, testCluster, type TestDatabases } from '#libs/testing';
import type { CertificateFiles } from '../../certificates/index.js';
import { makeFolder, readJsonIfThere } from '../../files.js';
import { readDemoClients } from '../../flow/installation.js';
import { localAgent, localFetch, type LocalFetch } from '../../http/index.js';
import { freePorts } from '../../ports.js';
import { compiled } from '../../project.js';
import type { DemoClient } from '../../start/demo-clients.js';
import { waitUntilReady } from '../../start/ready.js';
import { staffFile } from '../../start/seeding.js';
import type { DemoOfficer, DemoPerson } from '../../start/seeds.js';
import {
  bankEnvironment,
  bankOrigin,
  consoleOrigin,
  gatewayEnvironment,
  gatewayOrigin,
  type Environment,
  type ServerSetting,
} from '../../start/server-environment.js';
import { ServerProcess } from '../../start/server-process.js';
import { readPeople, seededHome } from '../../test/seeded-home.js';
import { Balancer } from './balancer.js';
import { Door } from './door.js';
import { GatewayNode } from './gateway-node.js';

interface PortsOfNode {
  readonly port: number;
  /** Its listener for calls with a client certificate. */
  readonly mutualPort: number;
}

export interface StageOptions {
  readonly nodes: number;
  /** Settings of every gateway process beside the usual ones. */
  readonly environment?: Environment;
}

/** Several processes of one gateway behind a balancer, one bank-core, one PostgreSQL: all of them real. */
export interface Stage {
  /** What the gateway is called, whichever process answers; the balancer listens there. */
  readonly origin: string;
  readonly bankOrigin: string;
  /** Where officers work. */
  readonly consoleOrigin: string;
  readonly bankInternalPort: number;
  readonly nodes: readonly GatewayNode[];
  /** The way to each process, in the order of `nodes`. */
  readonly doors: readonly Door[];
  readonly bank: ServerProcess;
  /** Through the balancer, over a connection of its own each time. */
  readonly fetch: LocalFetch;
  readonly databases: TestDatabases;
  readonly certificates: CertificateFiles;
  /** Key of who vouches for software that registers. */
  readonly statementIssuerFile: string;
  readonly clients: readonly DemoClient[];
  readonly people: readonly DemoPerson[];
  readonly officers: readonly DemoOfficer[];
  /** One more process that reaches bank-core at another address; it is not behind the balancer. */
  anotherNode(bankInternalUrl: string): Promise<{ node: GatewayNode; door: Door }>;
  /** Resolves when the process has read the bank's streams and serves. */
  ready(door: Door): Promise<void>;
  stop(): Promise<void>;
}

/** Every limit of frequency far above what a campaign sends: what it looks for lies behind them. */
const WITHOUT_LIMITS = {
  GATEWAY_CALLS_PER_MINUTE: '1999999',
  GATEWAY_CONSENT_CALLS_PER_MINUTE: '1999999',
  GATEWAY_UNATTENDED_READS_PER_DAY: '9999999',
  GATEWAY_ADDRESS_REQUESTS_PER_MINUTE: '9999999',
  GATEWAY_ADDRESS_REGISTRATIONS_PER_MINUTE: '9999999',
  GATEWAY_ADDRESS_CLIENT_REQUESTS_PER_MINUTE: '9999999',
  GATEWAY_ADDRESS_REFUSALS_PER_MINUTE: '9999999',
};

/** Needs the cluster of a test run (RENKEI_TEST_CLUSTER); `onGatewayGround` makes one for a campaign. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const seeded = await seededHome(await testCluster());
  const databases = await startDatabases(seeded.templates);
  const free = await freePorts(5 + 2 * options.nodes);
  const [gateway = 0, gatewayMutual = 0, bank = 0, bankInternal = 0, console = 0, ...ofNodes] =
    free;
  const placesOfNodes = ofNodes.slice(0, options.nodes).map((port, at) => ({
    port,
    mutualPort: ofNodes[options.nodes + at] ?? 0,
  }));
  const folder = join(seeded.home.log, randomBytes(4).toString('hex'));
  await makeFolder(folder, 0o700);
  const ports = { gateway, gatewayMutual, bank, bankInternal, console, application: 8446 };
  const { certificates } = seeded;
  const setting: ServerSetting = {
    mode: 'test',
    log: 'warn',
    ports,
    certificates,
    secrets: seeded.secrets,
    databaseUrls: { bank: databases.bank.appUrl, gateway: databases.gateway.appUrl },
  };
  const origin = gatewayOrigin(ports);
  const { host } = new URL(origin);
  const authority = await readFile(certificates.outsideAuthority, 'utf8');
  const nodeAt = ({ port, mutualPort }: PortsOfNode, more: Environment = {}): GatewayNode =>
    new GatewayNode({
      port,
      environment: {
        ...gatewayEnvironment(setting),
        ...WITHOUT_LIMITS,
        NODE_COMPILE_CACHE: join(seeded.home.folder, 'compile-cache'),
        ...options.environment,
        GATEWAY_LISTEN: `127.0.0.1:${port}`,
        GATEWAY_MTLS_LISTEN: `127.0.0.1:${mutualPort}`,
        ...more,
      },
      logFile: join(folder, `gateway-${port}.log`),
    });
  const doorTo = (port: number): Door => new Door(port, host, authority);
  const bankCore = new ServerProcess({
    name: 'bank-core',
    main: compiled('apps', 'bank-core', 'src', 'main.js'),
    environment: bankEnvironment(setting),
    logFile: join(folder, 'bank-core.log'),
    onEvent: () => undefined,
  });
  const nodes = placesOfNodes.map((places) => nodeAt(places));
  const doors = placesOfNodes.map(({ port }) => doorTo(port));
  const others: { node: GatewayNode; door: Door }[] = [];
  const balancer = await Balancer.listen(gateway, () =>
    nodes.filter((node) => node.isListening).map(({ port }) => port),
  );
  const agent = localAgent(authority, { keepAlive: false });
  const ready = async (door: Door): Promise<void> => {
    await untilServing(door);
  };
  const stop = async (): Promise<void> => {
    agent.destroy();
    await balancer.close();
    const all = [...nodes, ...others.map(({ node }) => node)];
    for (const node of all) node.resumeProcess();
    await Promise.all([...doors, ...others.map(({ door }) => door)].map((door) => door.close()));
    await Promise.all(all.map((node) => node.kill()));
    await bankCore.stop();
    await databases.stop();
  };
  try {
    await Promise.all([bankCore.start(), ...nodes.map((node) => node.start())]);
    await waitUntilReady(bankOrigin(ports), agent);
    await Promise.all(doors.map(ready));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    origin,
    bankOrigin: bankOrigin(ports),
    consoleOrigin: consoleOrigin(ports),
    bankInternalPort: bankInternal,
    nodes,
    doors,
    bank: bankCore,
    fetch: localFetch(agent),
    databases,
    certificates,
    statementIssuerFile: seeded.secrets.statementIssuerFile,
    clients: await readDemoClients(seeded.home.demo),
    people: await readPeople<DemoPerson>(seeded.home),
    officers: (await readJsonIfThere<DemoOfficer[]>(staffFile(seeded.home))) ?? [],
    async anotherNode(bankInternalUrl) {
      const [port = 0, mutualPort = 0] = await freePorts(2);
      const node = nodeAt({ port, mutualPort }, { BANK_INTERNAL_URL: bankInternalUrl });
      const other = { node, door: doorTo(port) };
      others.push(other);
      await other.node.start();
      return other;
    },
    ready,
    stop,
  };
}

const LOOKS_MAX = 1200;

async function untilServing(door: Door): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const status = await door.ask({ method: 'GET', path: '/readyz' }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The gateway at ${door.port} does not become ready.`);
}
