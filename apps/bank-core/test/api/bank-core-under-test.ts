import { randomUUID } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { Database, ProblemFilter, strictValidation } from '#libs/platform';
import { seed, type StoryOfficer, type StoryPerson } from '../../seeds/index.js';
import { AppModule } from '../../src/app.module.js';
import { BANK_CONFIG, type BankConfig, type StaffIssuerConfig } from '../../src/platform/config.js';

/** bank-core in this process on a database of its own, seeded small; the internal API without its TLS. */
export interface BankCoreUnderTest {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  readonly databases: TestDatabases;
  /** The story people with their secrets; passwords are the same for everybody. */
  readonly people: readonly StoryPerson[];
  readonly officers: readonly StoryOfficer[];
  /** As the superuser: behind every right and every policy. */
  admin<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  call(options: CallOptions): Promise<{ status: number; body: Record<string, unknown> }>;
  /**
   * Waits until what was committed so far is older than every transaction that runs: feeds tell nothing younger. The
   * snapshot is that of the whole server, and other tests run on it.
   */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly as?: Partial<Record<'client' | 'epsp' | 'partner' | 'consent', string>>;
}

export const CONSOLE_ORIGIN = 'https://console.localhost:8447';

/** One key for all tests: what is signed is compared byte for byte. */
const TEST_DOCUMENT_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH
-----END PRIVATE KEY-----
`;

export async function startBankCore(
  options: { staffIssuer?: StaffIssuerConfig } = {},
): Promise<BankCoreUnderTest> {
  const databases = await startDatabases();
  const keyEncryptionKey = Buffer.alloc(32, 7);
  const people: StoryPerson[] = [];
  const officers: StoryOfficer[] = [];
  await seed(databases.bank.ownerUrl, {
    size: 'small',
    keyEncryptionKey,
    passwords: {
      login: 'Login-Password-1',
      confirmation: 'Confirm-Password-1',
      staff: 'Staff-Password-1',
    },
    onPeople: (seeded) => void people.push(...seeded),
    onStaff: (seeded) => void officers.push(...seeded),
  });
  const admin = new pg.Pool({ connectionString: databases.bank.adminUrl, max: 4 });
  admin.on('error', () => undefined);
  const config: Pick<
    BankConfig,
    | 'mode'
    | 'log'
    | 'databaseUrl'
    | 'publicOrigin'
    | 'gatewayOrigin'
    | 'consoleOrigin'
    | 'keyEncryptionKey'
    | 'documentKey'
    | 'staffIssuer'
  > = {
    mode: 'test',
    log: 'silent',
    databaseUrl: databases.bank.appUrl,
    publicOrigin: 'https://bank.localhost:8444',
    gatewayOrigin: 'https://gateway.localhost:8443',
    consoleOrigin: CONSOLE_ORIGIN,
    keyEncryptionKey,
    documentKey: TEST_DOCUMENT_KEY,
    staffIssuer: options.staffIssuer,
  };
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(BANK_CONFIG)
    .useValue(config)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
    logger: process.env['DEBUG_SPECS'] ? ['error', 'warn'] : false,
  });
  app.useGlobalPipes(strictValidation());
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    databases,
    people,
    officers,
    database: app.get(Database),
    admin: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await admin.query(sql, values as unknown[])).rows as Row[],
    call: (options) => callOf(app, options),
    settled: () => settledAt(admin),
    async stop() {
      await app.close();
      await admin.end();
      await databases.stop();
    },
  };
}

async function settledAt(admin: pg.Pool): Promise<void> {
  const { rows } = await admin.query<{ now: string }>('select pg_current_xact_id()::text as now');
  const isSettled = 'select 1 where $1::xid8 < pg_snapshot_xmin(pg_current_snapshot())';
  // Asked again after a breath, so that whoever is waited for gets the processor.
  while ((await admin.query(isSettled, [rows[0]?.now])).rowCount === 0)
    await admin.query('select pg_sleep(0.02)');
}

async function callOf(app: NestFastifyApplication, options: CallOptions) {
  const { client, epsp, partner, consent } = { ...minato, ...options.as };
  const answer = await app.inject({
    method: options.method ?? 'GET',
    url: `/internal/v1${options.path}`,
    headers: {
      'x-fapi-interaction-id': randomUUID(),
      'x-renkei-client': client,
      'x-renkei-epsp': epsp,
      'x-renkei-chain-partner': partner,
      ...(consent ? { 'x-renkei-consent': consent } : {}),
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { payload: JSON.stringify(options.body) }),
  });
  const body = answer.body === '' ? {} : (JSON.parse(answer.body) as Record<string, unknown>);
  return { status: answer.statusCode, body };
}

export const minato = {
  client: 'minato-kakei',
  epsp: 'epsp_01j0000000000000000000mnat',
  partner: 'none',
  consent: undefined as string | undefined,
};

export const aoba = {
  client: 'aoba-fintech',
  epsp: 'epsp_01j0000000000000000000abft',
  partner: 'none',
};
