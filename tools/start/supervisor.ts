import { rm } from 'node:fs/promises';
import { ensureCertificates, type CertificateFiles } from '../certificates/index.js';
import { isBehind, sideNames } from '../databases/index.js';
import { writeJson } from '../files.js';
import { machineNow } from '../machine-clock.js';
import { signal } from '../processes.js';
import {
  outsideUrls,
  prepareEmbedded,
  refuseSilentDatabases,
  removeEmbedded,
  type DatabaseUrls,
  type SideUrls,
} from './databases.js';
import { openHome, type Home } from './home.js';
import { takeLock } from './lock.js';
import { readMode, refuseDemoData, type Mode } from './mode.js';
import type { StartOptions } from './options.js';
import { PostgresKeeper } from './postgres-keeper.js';
import { prepareApart, type Preparation } from './preparation.js';
import { ensureSecrets, type SecretFiles } from './secrets.js';
import { hasInstitutions, peopleFile, seedBoth } from './seeding.js';
import {
  applicationOrigin,
  bankOrigin,
  gatewayMutualOrigin,
  gatewayOrigin,
} from './server-environment.js';
import { Servers, type ServersOptions } from './servers.js';
import { choosePorts, readState, writeState, type Ports, type State } from './state.js';
import type { Steps } from './steps.js';
import { eventWords, schemaIsOld, serverDoesNotStart } from './supervisor.words.js';

/** What the tools that look on may know of a running system: `.renkei/running.json`. */
export interface Running {
  readonly supervisor: number;
  readonly gateway: {
    readonly pid: number | undefined;
    readonly origin: string;
    /** Where calls with a client certificate go (RFC 8705). */
    readonly mutualOrigin: string;
  };
  readonly bank: { readonly pid: number | undefined; readonly origin: string };
  readonly postgres: number | undefined;
  readonly outsideAuthority: string;
}

export interface Started {
  readonly home: Home;
  readonly state: State;
  readonly certificates: CertificateFiles;
  readonly mode: Mode;
}

/** What is ready before the servers start. */
interface Made {
  readonly mode: Mode;
  readonly state: State;
  readonly certificates: CertificateFiles;
  readonly secrets: SecretFiles;
  readonly urls: DatabaseUrls;
  readonly options: StartOptions;
}

const LISTEN_ATTEMPTS = 4;

/** Brings everything up in order and takes it down in the opposite one. */
export class Supervisor {
  #releaseLock: (() => Promise<void>) | undefined;
  #postgres: PostgresKeeper | undefined;
  #servers: Servers | undefined;
  #child: Preparation | undefined;
  #isStopping = false;
  #tell: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly steps: Steps,
    private readonly programs?: ServersOptions['programs'],
  ) {}

  async start(options: StartOptions): Promise<Started> {
    const mode = readMode();
    const home = await openHome();
    this.#releaseLock = await takeLock(home);
    await refuseSilentDatabases();
    if (options.isReset) await removeInstallation(home);
    const last = await readState(home);
    const state: State = {
      ports: await choosePorts(last?.ports, options),
      isSeeded: last?.isSeeded ?? false,
    };
    await writeState(home, state);
    const secrets = await ensureSecrets(home.secrets);
    const urls = await this.#databases(home, secrets, state);
    await this.#migrations(urls);
    await refuseDemoData(mode, urls.bank.app);
    const isSeeded = await this.#seeds(home, secrets, urls, state, mode);
    const certificates = await this.steps.run({ ja: '証明書の確認', en: 'certificates' }, () =>
      ensureCertificates(home.certificates, machineNow()),
    );
    const ports = await this.#listen(home, { mode, state, certificates, secrets, urls, options });
    const reached = { ports, isSeeded };
    await writeState(home, reached);
    this.#tell = () => this.#writeRunning(home, ports, certificates);
    await this.#tell();
    return { home, state: reached, certificates, mode };
  }

  /** Servers drain, then PostgreSQL stops; safe to call while start() is still on its way. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#child?.kill();
    await this.#servers?.stop();
    await this.#postgres?.stop();
    await this.#releaseLock?.();
  }

  /** A second Ctrl-C: our own children, and only those, end at once. */
  kill(): void {
    this.#isStopping = true;
    this.#child?.kill();
    this.#servers?.kill();
    const pid = this.#postgres?.cluster?.pid;
    // SIGQUIT is PostgreSQL's immediate shutdown: nothing is left behind, the next start recovers.
    if (pid) signal(pid, 'SIGQUIT');
  }

  async #databases(home: Home, secrets: SecretFiles, state: State): Promise<DatabaseUrls> {
    const outside = outsideUrls();
    if (outside.bank && outside.gateway) {
      return { bank: outside.bank, gateway: outside.gateway } satisfies Record<string, SideUrls>;
    }
    const keeper = new PostgresKeeper(home, secrets.database, (event) =>
      this.#onEvent('PostgreSQL', event),
    );
    this.#postgres = keeper;
    const cluster = await this.steps.run({ ja: 'データベースの起動', en: 'database started' }, () =>
      keeper.start(),
    );
    this.#goOn();
    return prepareEmbedded(cluster, secrets.database, !state.isSeeded);
  }

  async #migrations(urls: DatabaseUrls): Promise<void> {
    for (const side of sideNames) {
      this.#goOn();
      const { app, owner } = urls[side];
      if (!(await isBehind(side, app))) continue;
      if (!owner) throw schemaIsOld(side === 'bank' ? 'DATABASE_URL_BANK' : 'DATABASE_URL_GATEWAY');
      const words = {
        bank: { ja: '表の作成 (銀行側)', en: 'tables of the bank' },
        gateway: { ja: '表の作成 (ゲートウェイ)', en: 'tables of the gateway' },
      };
      await this.steps.run(words[side], () =>
        this.#runChild(prepareApart({ kind: 'migrate', side, ownerUrl: owner }, () => undefined)),
      );
    }
  }

  async #seeds(
    home: Home,
    secrets: SecretFiles,
    urls: DatabaseUrls,
    state: State,
    mode: Mode,
  ): Promise<boolean> {
    this.#goOn();
    if (mode === 'production' || state.isSeeded) return state.isSeeded;
    const isOutside = outsideUrls().bank !== undefined;
    if (!isOutside || !(await hasInstitutions(urls.bank.app))) {
      const bankKekFile = process.env['BANK_KEK_FILE'] ?? secrets.bankKekFile;
      await this.steps.run({ ja: 'デモデータの投入', en: 'demo data' }, (onProgress) =>
        seedBoth({
          home,
          urls,
          bankKekFile,
          applicationOrigin: applicationOrigin(state.ports),
          size: 'demo',
          onProgress,
          onChild: (child) => (this.#child = child),
        }),
      );
    }
    await writeState(home, { ...state, isSeeded: true });
    return true;
  }

  /** Starts both servers. A port that somebody took since it was chosen is chosen anew. */
  async #listen(home: Home, made: Made): Promise<Ports> {
    const words = { ja: '2つのサーバーの起動', en: 'both servers' };
    return this.steps.run(words, async () => {
      for (let attempt = 1; ; attempt += 1) {
        this.#goOn();
        const ports = await choosePorts(made.state.ports, made.options);
        const servers = this.#serversOn(home, ports, made);
        this.#servers = servers;
        try {
          await servers.start();
          this.#goOn();
          return ports;
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          if (this.#isStopping) throw error;
          await servers.stop();
          const mayRetry = /EADDRINUSE/.test(reason) && attempt < LISTEN_ATTEMPTS;
          if (!mayRetry) throw serverDoesNotStart(reason);
        }
      }
    });
  }

  #serversOn(home: Home, ports: Ports, { mode, certificates, secrets, urls }: Made): Servers {
    return new Servers({
      setting: {
        mode,
        log: 'warn',
        ports,
        certificates,
        secrets,
        databaseUrls: { bank: urls.bank.app, gateway: urls.gateway.app },
      },
      logFolder: home.log,
      onEvent: (server, event) => this.#onEvent(server, event),
      ...(this.programs ? { programs: this.programs } : {}),
    });
  }

  #onEvent(name: string, event: 'ended' | 'restarted'): void {
    this.steps.note(eventWords[event](name));
    void this.#tell();
  }

  async #writeRunning(home: Home, ports: Ports, certificates: CertificateFiles): Promise<void> {
    if (this.#isStopping) return;
    await writeJson(home.runningFile, {
      supervisor: process.pid,
      gateway: {
        pid: this.#servers?.gateway.pid,
        origin: gatewayOrigin(ports),
        mutualOrigin: gatewayMutualOrigin(ports),
      },
      bank: { pid: this.#servers?.bank.pid, origin: bankOrigin(ports) },
      postgres: this.#postgres?.cluster?.pid,
      outsideAuthority: certificates.outsideAuthority,
    } satisfies Running);
  }

  async #runChild(child: Preparation): Promise<void> {
    this.#child = child;
    await child.finished;
  }

  #goOn(): void {
    if (this.#isStopping) throw new Error('Stopped while starting.');
  }
}

async function removeInstallation(home: Home): Promise<void> {
  await removeEmbedded(home);
  await rm(home.stateFile, { force: true });
  await rm(peopleFile(home), { force: true });
}
