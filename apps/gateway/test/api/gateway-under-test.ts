import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from 'node:https';
import pg from 'pg';
import { readOpenedNetworks, Settings } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { ensureCertificates } from '../../../../tools/certificates/index.js';
import {
  mintAuthority,
  mintRevocations,
  type KeyPair,
} from '../../../../tools/certificates/mint.js';
import { localAgent } from '../../../../tools/http/local-agent.js';
import { localFetch, type LocalFetch } from '../../../../tools/http/local-fetch.js';
import { freePorts } from '../../../../tools/ports.js';
import { withNext } from '../../../../tools/keys/rotate.js';
import { newGatewaySecrets, newSigningKey } from '../../../../tools/start/secrets.js';
import { seed } from '../../seeds/index.js';
import { createGateway, type Gateway } from '../../src/application.js';
import type { GatewayConfig } from '../../src/platform/config.js';
import { patienceTimes } from '../../src/platform/patience.js';
import { readRateQuotas } from '../../src/platform/rates/rate-quotas.js';
import { readSecrets } from '../../src/platform/secrets.js';
import { FakeBankCore } from './fake-bank-core.js';
import { newSoftware, type Software } from './software.js';
import { StatementIssuer } from './statement-issuer.js';
import { AOBA, MINATO } from './fixtures.js';

/** A whole gateway on a real PostgreSQL and real TLS, before a bank-core that only plays its part. */
export interface GatewayUnderTest {
  readonly origin: string;
  /** The host for calls with a client certificate. */
  readonly mutualOrigin: string;
  /** PEM of the authority that browsers and intermediaries trust. */
  readonly outsideAuthority: string;
  /** Certificate and key of the authority whose client certificates are believed. */
  readonly clientAuthority: KeyPair;
  /** The proxy's authority where one is configured; the gateway is told its name, `proxy.internal`. */
  readonly proxyAuthority: KeyPair;
  /** Replaces the authority's revocation list, where the gateway was started with one. */
  revoke(...serials: string[]): Promise<void>;
  readonly bank: FakeBankCore;
  readonly databases: TestDatabases;
  readonly fetch: LocalFetch;
  readonly agent: Agent;
  /** The issuer whose software statements are believed. */
  readonly statements: StatementIssuer;
  /** A second one, which knows nothing of the first. */
  readonly otherStatements: StatementIssuer;
  /** Two intermediaries' software; the second has chain partners. */
  readonly minato: Software;
  readonly aoba: Software;
  /** Makes what is stored of one model this many seconds older than it is. */
  ageArtifacts(model: string, seconds: number): Promise<void>;
  /** A statement as the owner, for looking and changing behind the server's back. */
  asOwner<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** What all its processes share; a further process may be told of another file. */
  readonly secretsFile: string;
  /** The server in this process, for making its jobs run now. */
  readonly app: Gateway['app'];
  /** A further process of the same gateway, on the same database and secrets. */
  another(
    log?: 'info' | 'silent',
    environment?: Readonly<Record<string, string>>,
  ): Promise<AnotherProcess>;
  stop(): Promise<void>;
}

export interface AnotherProcess {
  readonly port: number;
  readonly mutualPort: number;
  /** Where it is asked for health and figures. */
  readonly operationsPort: number;
  readonly pid: number;
  /** Everything it has written so far. */
  output(): string;
  stop(): Promise<void>;
  /** At once and without a word, as a crash would end it. */
  kill(): Promise<void>;
}

export const PROXY_NAME = 'proxy.internal';
/** Other work may stall a test's process for many seconds: only tests of silence wait as shipped. */
const STARVING_MACHINE = 30;

export async function startGateway(
  options: {
    readonly isBehindProxy?: boolean;
    readonly hasRevocations?: boolean;
    readonly callsPerMinute?: number;
    readonly unattendedPerDay?: number;
    /** Further limits, by their settings' names. */
    readonly limits?: Readonly<Record<string, string>>;
    readonly resourceServers?: GatewayConfig['resourceServers'];
    /** How many times as long as shipped it waits before it takes a part for silent. */
    readonly patience?: number;
    /** Of this process; further ones send as they ship. */
    readonly webhookSenders?: number;
    /** Who may be called on this machine: networks, and the authority of whoever answers there (PEM). */
    readonly outbound?: { readonly networks: string; readonly ca: string };
  } = {},
): Promise<GatewayUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-gateway-'));
  const certificates = await ensureCertificates(folder, Date.now());
  const databases = await startDatabases();
  const bankOrigin = 'https://bank.localhost:9';
  const bank = await FakeBankCore.start(
    { ...certificates.bankInternal, insideAuthority: certificates.insideAuthority },
    bankOrigin,
  );
  const [minato, aoba] = await Promise.all([
    newSoftware('minato-kakei', MINATO),
    newSoftware('aoba-fintech', AOBA),
  ]);
  await seed(databases.gateway.ownerUrl, { clients: [minato, aoba].map(({ seed }) => seed) });
  const secretsFile = join(folder, 'secrets.json');
  const statements = await StatementIssuer.make();
  const otherStatements = await StatementIssuer.make('https://other-directory.example');
  const issuersFile = join(folder, 'statement-issuers.json');
  await writeFile(issuersFile, JSON.stringify([statements.entry, otherStatements.entry]));
  // As in the middle of a change of keys: the next ones are known and neither sign nor seal anything.
  const made = await newGatewaySecrets();
  const keys = withNext(made.jwks.keys, await newSigningKey('ES256'));
  const cursorKey = [made.cursorKey, randomBytes(32).toString('hex')];
  await writeFile(secretsFile, JSON.stringify({ ...made, cursorKey, jwks: { keys } }));
  const secrets = readSecrets(await readFile(secretsFile, 'utf8'));
  const read = (file: string) => readFile(file, 'utf8');
  const clientAuthority = {
    certificate: await read(certificates.clientAuthority.certificate),
    key: await read(certificates.clientAuthority.key),
  };
  const revocationFile = join(folder, 'clients.crl.pem');
  const revoke = async (...serials: string[]) =>
    writeFile(revocationFile, await mintRevocations(clientAuthority, serials, Date.now()));
  if (options.hasRevocations) await revoke();
  const proxyAuthority = await mintAuthority('Proxies', Date.now());
  const outsideAuthority = await read(certificates.outsideAuthority);
  const limits = {
    GATEWAY_CALLS_PER_MINUTE: String(options.callsPerMinute ?? 10_000),
    GATEWAY_UNATTENDED_READS_PER_DAY: String(options.unattendedPerDay ?? 10_000),
    ...options.limits,
  };
  const patience = options.patience ?? STARVING_MACHINE;
  const common = {
    mode: 'test',
    patience: patienceTimes(patience),
    log: process.env['GATEWAY_TEST_LOG'] === 'warn' ? 'warn' : 'silent',
    databaseUrl: databases.gateway.appUrl,
    bankOrigin,
    tls: {
      cert: await read(certificates.gateway.certificate),
      key: await read(certificates.gateway.key),
    },
    mutualTls: {
      tls: {
        cert: await read(certificates.gatewayMutual.certificate),
        key: await read(certificates.gatewayMutual.key),
      },
      authorities: clientAuthority.certificate,
      revocationFile: options.hasRevocations ? revocationFile : undefined,
      proxy: options.isBehindProxy
        ? { authorities: proxyAuthority.certificate, name: PROXY_NAME }
        : undefined,
    },
    bankCore: {
      url: bank.url,
      cert: await read(certificates.gatewayInternal.certificate),
      key: await read(certificates.gatewayInternal.key),
      ca: await read(certificates.insideAuthority),
    },
    secrets,
    rates: readRateQuotas(new Settings(limits)),
    operations: { listen: { host: '127.0.0.1', port: 0 }, drainMs: 0 },
    resourceServers: options.resourceServers ?? [],
    statementIssuers: [statements.entry, otherStatements.entry],
    webhookSenders: options.webhookSenders ?? 32,
    outbound: {
      opened: readOpenedNetworks('outbound', options.outbound?.networks),
      ca: options.outbound?.ca,
    },
  } as const;
  const outboundCa = join(folder, 'outbound-ca.pem');
  if (options.outbound) await writeFile(outboundCa, options.outbound.ca);
  const outbound = options.outbound && {
    GATEWAY_OUTBOUND_NETWORKS: options.outbound.networks,
    GATEWAY_OUTBOUND_CA: outboundCa,
  };
  const first = await listen(common);
  const environment = {
    RENKEI_ENV: 'test',
    DATABASE_URL_GATEWAY: databases.gateway.appUrl,
    BANK_PUBLIC_ORIGIN: bankOrigin,
    BANK_INTERNAL_URL: bank.url,
    GATEWAY_TLS_CERT: certificates.gateway.certificate,
    GATEWAY_TLS_KEY: certificates.gateway.key,
    GATEWAY_MTLS_TLS_CERT: certificates.gatewayMutual.certificate,
    GATEWAY_MTLS_TLS_KEY: certificates.gatewayMutual.key,
    GATEWAY_CLIENT_CA: certificates.clientAuthority.certificate,
    GATEWAY_INTERNAL_CERT: certificates.gatewayInternal.certificate,
    GATEWAY_INTERNAL_KEY: certificates.gatewayInternal.key,
    BANK_INTERNAL_CA: certificates.insideAuthority,
    GATEWAY_SECRETS_FILE: secretsFile,
    GATEWAY_OPERATIONS_LISTEN: '127.0.0.1:0',
    ...limits,
    GATEWAY_STATEMENT_ISSUERS_FILE: issuersFile,
    GATEWAY_PATIENCE: String(patience),
    ...outbound,
  };
  const agent = localAgent(outsideAuthority);
  const owner = new pg.Pool({ connectionString: databases.gateway.ownerUrl, max: 2 });
  owner.on('error', () => undefined);
  const asOwner = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await owner.query(sql, values)).rows as Row[];
  return {
    origin: first.origin,
    mutualOrigin: first.mutualOrigin,
    outsideAuthority,
    clientAuthority,
    proxyAuthority,
    revoke,
    bank,
    databases,
    fetch: localFetch(agent),
    agent,
    statements,
    otherStatements,
    minato,
    aoba,
    asOwner,
    secretsFile,
    app: first.app,
    async ageArtifacts(model, seconds) {
      await asOwner(
        `update oidc_artifact set expires_at = expires_at - make_interval(secs => $2),
           payload = (payload::jsonb || jsonb_build_object(
             'iat', (payload ->> 'iat')::bigint - $2::int, 'exp', (payload ->> 'exp')::bigint - $2::int))::json
         where model = $1`,
        [model, seconds],
      );
    },
    another: (log = 'silent', more = {}) =>
      startProcess(first, { ...environment, RENKEI_LOG: log, ...more }),
    async stop() {
      agent.destroy();
      await owner.end();
      await first.stop();
      await bank.stop();
      await databases.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Common = Omit<GatewayConfig, 'publicOrigin' | 'listen' | 'mutualTls'> & {
  readonly mutualTls: Omit<GatewayConfig['mutualTls'], 'publicOrigin' | 'listen'>;
};

async function listen(common: Common) {
  const [port = 0, mutualPort = 0] = await freePorts(2);
  const origin = `https://gateway.localhost:${port}`;
  const mutualOrigin = `https://mtls.gateway.localhost:${mutualPort}`;
  const gateway = await createGateway({
    ...common,
    publicOrigin: origin,
    listen: { host: '127.0.0.1', port },
    mutualTls: {
      ...common.mutualTls,
      publicOrigin: mutualOrigin,
      listen: { host: '127.0.0.1', port: mutualPort },
    },
  });
  await gateway.listen();
  return { origin, mutualOrigin, app: gateway.app, stop: () => gateway.close() };
}

/**
 * A second process of the same gateway, as a balancer would use it: it listens elsewhere but knows
 * itself by the same origin, so its `Host` and `htu` are those of the first.
 */
async function startProcess(
  { origin, mutualOrigin }: { readonly origin: string; readonly mutualOrigin: string },
  environment: NodeJS.ProcessEnv,
): Promise<AnotherProcess> {
  const [port = 0, mutualPort = 0] = await freePorts(2);
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.js');
  const env = {
    ...environment,
    GATEWAY_PUBLIC_ORIGIN: origin,
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    GATEWAY_MTLS_PUBLIC_ORIGIN: mutualOrigin,
    GATEWAY_MTLS_LISTEN: `127.0.0.1:${mutualPort}`,
  };
  const child = fork(main, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => lines.push(chunk.toString('utf8')));
  const [ready] = (await once(child, 'message')) as [{ operationsPort: number }];
  return {
    port,
    mutualPort,
    operationsPort: ready.operationsPort,
    pid: child.pid ?? 0,
    output: () => lines.join(''),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
