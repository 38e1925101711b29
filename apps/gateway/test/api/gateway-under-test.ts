import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from 'node:https';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { ensureCertificates } from '../../../../tools/certificates/index.js';
import { localAgent } from '../../../../tools/http/local-agent.js';
import { localFetch, type LocalFetch } from '../../../../tools/http/local-fetch.js';
import { newGatewaySecrets } from '../../../../tools/start/secrets.js';
import { seed } from '../../seeds/index.js';
import { createGateway } from '../../src/application.js';
import type { GatewayConfig } from '../../src/platform/config.js';
import { readSecrets } from '../../src/platform/secrets.js';
import { FakeBankCore } from './fake-bank-core.js';
import { newSoftware, type Software } from './software.js';
import { AOBA, MINATO } from './fixtures.js';

/** A whole gateway on a real PostgreSQL and real TLS, before a bank-core that only plays its part. */
export interface GatewayUnderTest {
  readonly origin: string;
  readonly bank: FakeBankCore;
  readonly databases: TestDatabases;
  readonly fetch: LocalFetch;
  readonly agent: Agent;
  /** Two intermediaries' software; the second has chain partners. */
  readonly minato: Software;
  readonly aoba: Software;
  /** A further process of the same gateway, on the same database and secrets. */
  another(): Promise<{ origin: string; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function startGateway(): Promise<GatewayUnderTest> {
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
  const secrets = readSecrets(JSON.stringify(await newGatewaySecrets()));
  const read = (file: string) => readFile(file, 'utf8');
  const common = {
    mode: 'test',
    log: process.env['GATEWAY_TEST_LOG'] === 'warn' ? 'warn' : 'silent',
    databaseUrl: databases.gateway.appUrl,
    bankOrigin,
    tls: {
      cert: await read(certificates.gateway.certificate),
      key: await read(certificates.gateway.key),
    },
    bankCore: {
      url: bank.url,
      cert: await read(certificates.gatewayInternal.certificate),
      key: await read(certificates.gatewayInternal.key),
      ca: await read(certificates.insideAuthority),
    },
    secrets,
    callsPerMinute: 10_000,
  } as const;
  const first = await listen(common);
  const agent = localAgent(await read(certificates.outsideAuthority));
  return {
    origin: first.origin,
    bank,
    databases,
    fetch: localFetch(agent),
    agent,
    minato,
    aoba,
    another: () => listen(common),
    async stop() {
      agent.destroy();
      await first.stop();
      await bank.stop();
      await databases.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listen(common: Omit<GatewayConfig, 'publicOrigin' | 'listen'>) {
  const port = await freePort();
  const origin = `https://gateway.localhost:${port}`;
  const listen = { host: '127.0.0.1', port };
  const app: NestFastifyApplication = await createGateway({
    ...common,
    publicOrigin: origin,
    listen,
  });
  await app.listen(port, '127.0.0.1');
  return { origin, stop: () => app.close() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}
