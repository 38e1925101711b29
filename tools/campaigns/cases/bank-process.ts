import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { Database } from '#libs/platform';
import { startServers, type TestSystem } from '#libs/testing';
import { AppModule } from '../../../apps/bank-core/src/app.module.js';
import { BANK_CONFIG } from '../../../apps/bank-core/src/platform/config.js';
import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import type { Ledger } from '../../../apps/bank-core/test/api/stolen-money.js';
import type { ConsolePlace } from '../../../apps/gateway/test/stories/console-officers.js';
import { localAgent, localFetch } from '../../http/index.js';
import { pause } from '../../machine-clock.js';
import { compiled } from '../../project.js';
import { signal, waitUntilGone } from '../../processes.js';
import { bankEnvironment, consoleOrigin } from '../../start/server-environment.js';
import { ServerProcess } from '../../start/server-process.js';

const GONE_MS = 10_000;
const ATTEMPTS = 60;
const AGAIN_MS = 1_000;
/** Nobody listens there: it is where an intermediary's own application would be. */
const portsOf = ({ ports }: TestSystem) => ({ ...ports, application: 8446 });

/** bank-core as a process of its own that is killed and started anew, and the rows behind its back. */
export class BankProcess implements ConsolePlace, Ledger {
  #server: ServerProcess;
  falls = 0;

  private constructor(
    private readonly system: TestSystem,
    readonly app: TestingModule,
    readonly fetch: ConsolePlace['fetch'],
    private readonly folder: string,
    private readonly pool: pg.Pool,
  ) {
    this.#server = this.#next();
  }

  /** Seeded, alone: the gateway has no part in cases and is not there. */
  static async start(): Promise<BankProcess> {
    const system = await startServers();
    await system.servers.stop();
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-falls-'));
    // A kept connection to a killed process would only tell of the one before.
    const agent = localAgent(await readFile(system.certificates.outsideAuthority, 'utf8'), {
      keepAlive: false,
    });
    const config = { databaseUrl: system.databases.bank.appUrl, mode: 'test', log: 'silent' };
    // Rooms without a server: thefts are posted with them, and nothing of theirs runs by itself.
    const rooms = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(BANK_CONFIG)
      .useValue({ ...config, consoleOrigin: consoleOrigin(portsOf(system)) })
      .compile();
    const pool = new pg.Pool({ connectionString: system.databases.bank.adminUrl, max: 2 });
    pool.on('error', () => undefined);
    const bank = new BankProcess(system, rooms, localFetch(agent), folder, pool);
    await bank.#server.start();
    return bank;
  }

  get consoleOrigin(): string {
    return consoleOrigin(portsOf(this.system));
  }
  get officers(): ConsolePlace['officers'] {
    return this.system.officers;
  }
  get databaseUrl(): string {
    return this.system.databases.bank.appUrl;
  }
  get database(): Database {
    return this.app.get(Database, { strict: false });
  }

  readonly admin: BankCoreUnderTest['admin'] = async <Row extends object>(
    sql: string,
    values: readonly unknown[] = [],
  ) => (await this.pool.query(sql, [...values])).rows as Row[];

  /** kill -9, whatever it is doing; resolves when another process listens in its place. */
  async fall(): Promise<void> {
    const { pid } = this.#server;
    this.#server.kill();
    if (pid !== undefined && !(await waitUntilGone(pid, GONE_MS))) signal(pid, 'SIGKILL');
    this.falls += 1;
    for (let attempt = 1; ; attempt += 1) {
      this.#server = this.#next();
      const failure = await this.#server.start().then(
        () => undefined,
        (error: Error) => error,
      );
      if (!failure) return;
      // While it was down another suite may have taken its port for a moment; it gives it back.
      if (attempt === ATTEMPTS || !/EADDRINUSE/.test(failure.message)) throw failure;
      await pause(AGAIN_MS);
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.app.close();
    await this.pool.end();
    await this.system.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #next(): ServerProcess {
    const { certificates, secrets, databases } = this.system;
    const environment = bankEnvironment({
      mode: 'test',
      log: 'warn',
      ports: portsOf(this.system),
      certificates,
      secrets,
      databaseUrls: { bank: databases.bank.appUrl, gateway: databases.gateway.appUrl },
    });
    return new ServerProcess({
      name: 'bank-core',
      main: compiled('apps', 'bank-core', 'src', 'main.js'),
      environment,
      logFile: join(this.folder, 'bank-core.log'),
      onEvent: () => undefined,
    });
  }
}
