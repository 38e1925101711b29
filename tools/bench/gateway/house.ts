import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificates, type CertificateFiles } from '../../certificates/index.js';
import {
  migrate,
  prepareDatabase,
  prepareRoles,
  sideNames,
  sides,
  urlFor,
} from '../../databases/index.js';
import {
  accountForPostgres,
  placeForCluster,
  startCluster,
  type Cluster,
} from '../../embedded-postgres/index.js';
import { makeFolder } from '../../files.js';
import { readDemoClients } from '../../flow/installation.js';
import { machineNow } from '../../machine-clock.js';
import { freePorts } from '../../ports.js';
import { compiled } from '../../project.js';
import type { DemoClient } from '../../start/demo-clients.js';
import type { DatabaseUrls } from '../../start/databases.js';
import { homeAt, openHome } from '../../start/home.js';
import { ensureSecrets, type SecretFiles } from '../../start/secrets.js';
import { seedBoth } from '../../start/seeding.js';
import type { DemoPerson } from '../../start/seeds.js';
import {
  bankEnvironment,
  gatewayEnvironment,
  gatewayMutualOrigin,
  gatewayOrigin,
} from '../../start/server-environment.js';
import type { ServerSetting } from '../../start/server-environment.js';
import { readPeople } from '../../test/seeded-home.js';
import { MeasuredProcess } from './measured-process.js';
import type { Target } from './series.js';

/** Nothing that is measured here may be refused for its number. */
const LIMITS = { GATEWAY_CALLS_PER_MINUTE: '9999999' } as const;

type Extra = Readonly<Record<string, string>>;
type Places = { readonly port: number; readonly mutualPort: number };

/** A durable database with the small demonstration, and the servers of the bench as processes of their own. */
export class House {
  readonly running: MeasuredProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly place: string,
    readonly cluster: Cluster,
    readonly setting: ServerSetting,
    readonly people: readonly DemoPerson[],
    readonly clients: readonly DemoClient[],
    /** PEM of the authority that signed the servers' certificates. */
    readonly authority: string,
    /** For a client more. */
    readonly gatewayOwnerUrl: string,
    private readonly echo: string,
  ) {}

  static async open(): Promise<House> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-gateway-bench-'));
    await makeFolder(folder, 0o711);
    const home = await openHome(homeAt(join(folder, 'home')));
    const secrets = await ensureSecrets(home.secrets);
    const place = await placeForCluster(folder, accountForPostgres());
    const logFile = join(folder, 'postgres.log');
    const cluster = await startCluster({ place, password: secrets.database.superuser, logFile });
    const urls = await databases(cluster, secrets);
    const certificates = await ensureCertificates(home.certificates, machineNow());
    const setting = await settingOf(certificates, secrets, urls);
    await seedBoth({
      home,
      urls,
      bankKekFile: secrets.bankKekFile,
      applicationOrigin: `https://app.localhost:${setting.ports.application}`,
      size: 'small',
      onProgress: () => undefined,
      onChild: () => undefined,
    });
    const authority = await readFile(certificates.outsideAuthority, 'utf8');
    const [people, clients] = [
      await readPeople<DemoPerson>(home),
      await readDemoClients(home.demo),
    ];
    return new House(
      folder,
      place,
      cluster,
      setting,
      people,
      clients,
      authority,
      urls.gateway.owner ?? '',
      `https://127.0.0.1:${(await freePorts(1))[0]}`,
    );
  }

  get origin(): string {
    return gatewayOrigin(this.setting.ports);
  }

  /** Where calls with a client certificate arrive. */
  get mutualOrigin(): string {
    return gatewayMutualOrigin(this.setting.ports);
  }

  /** The gateway's port, or that of another process which goes by the same name. */
  target(port = this.setting.ports.gateway): Target {
    return { port, tls: { name: new URL(this.origin).hostname, ca: this.authority } };
  }

  /** The real one, and what stands before it for the measured gateways. */
  async bankCore(): Promise<void> {
    const main = compiled('apps/bank-core/src/main.js');
    await this.start('bank-core', main, bankEnvironment(this.setting));
    const { bankInternal } = this.setting.certificates;
    await this.program('echo-bank-core', {
      BENCH_PORT: new URL(this.echo).port,
      BENCH_BANK_INTERNAL: `https://127.0.0.1:${this.setting.ports.bankInternal}`,
      BENCH_BANK_CERT: bankInternal.certificate,
      BENCH_BANK_KEY: bankInternal.key,
    });
  }

  /** One more process of the same gateway. The first listens where its origins say, others elsewhere. */
  gateway(places?: Places): Promise<MeasuredProcess> {
    const main = compiled('apps/gateway/src/main.js');
    return this.start('gateway', main, this.gatewayEnvironment(places));
  }

  /** A gateway that asks bank-core itself. */
  wholeGateway(places: Places): Promise<MeasuredProcess> {
    const main = compiled('apps/gateway/src/main.js');
    const bankCore = `https://127.0.0.1:${this.setting.ports.bankInternal}`;
    const environment = { ...this.gatewayEnvironment(places), BANK_INTERNAL_URL: bankCore };
    return this.start('gateway', main, environment);
  }

  /** A program of the bench that is told what a gateway is told, and more. */
  program(name: string, extra: Extra, port = 0): Promise<MeasuredProcess> {
    const main = compiled('tools/bench/gateway', `${name}.js`);
    const environment = this.gatewayEnvironment({ port, mutualPort: 0 });
    return this.start(name, main, { ...environment, ...extra });
  }

  async close(): Promise<void> {
    for (const each of this.running.reverse()) await each.stop();
    await this.cluster.stop();
    await rm(this.place, { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }

  private gatewayEnvironment(places?: Places): Extra {
    const { gateway, gatewayMutual } = this.setting.ports;
    const { port, mutualPort } = places ?? { port: gateway, mutualPort: gatewayMutual };
    return {
      ...gatewayEnvironment(this.setting),
      ...LIMITS,
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      GATEWAY_MTLS_LISTEN: `127.0.0.1:${mutualPort}`,
      BANK_INTERNAL_URL: this.echo,
    };
  }

  private async start(name: string, main: string, environment: Extra): Promise<MeasuredProcess> {
    const started = await MeasuredProcess.start(name, main, environment);
    this.running.push(started);
    return started;
  }
}

async function databases(cluster: Cluster, secrets: SecretFiles): Promise<DatabaseUrls> {
  const { roles } = secrets.database;
  const admin = cluster.url('postgres');
  await prepareRoles(admin, roles);
  const urls: Partial<Record<(typeof sideNames)[number], { app: string; owner: string }>> = {};
  for (const side of sideNames) {
    const { database } = sides[side];
    await prepareDatabase(admin, side);
    const of = (role: 'app' | 'owner') =>
      urlFor(admin, sides[side][role], roles[side][role], database);
    urls[side] = { app: of('app'), owner: of('owner') };
    await migrate(side, of('owner'));
  }
  return urls as DatabaseUrls;
}

async function settingOf(
  certificates: CertificateFiles,
  secrets: SecretFiles,
  urls: DatabaseUrls,
): Promise<ServerSetting> {
  const [gateway = 0, bank = 0, bankInternal = 0, application = 0, gatewayMutual = 0, console = 0] =
    await freePorts(6);
  return {
    mode: 'test',
    log: 'info',
    ports: { gateway, gatewayMutual, bank, bankInternal, application, console },
    certificates,
    secrets,
    databaseUrls: { bank: urls.bank.app, gateway: urls.gateway.app },
  };
}
