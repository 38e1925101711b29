import { rm } from 'node:fs/promises';
import type { Words } from '#libs/kernel';
import { ensureCertificates, type CertificateFiles } from '../certificates/index.js';
import { isBehind, sideNames } from '../databases/index.js';
import { Failure } from '../failure.js';
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
import { applicationOrigin, bankOrigin, gatewayOrigin } from './server-environment.js';
import { Servers, type ServersOptions } from './servers.js';
import { choosePorts, readState, writeState, type State } from './state.js';
import type { Steps } from './steps.js';

/** What the tools that look on may know of a running system: `.renkei/running.json`. */
export interface Running {
  readonly supervisor: number;
  readonly gateway: { readonly pid: number | undefined; readonly origin: string };
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
    const seeded = await this.#seeds(home, secrets, urls, state, mode);
    const certificates = await this.steps.run({ ja: '証明書の確認', en: 'certificates' }, () =>
      ensureCertificates(home.certificates, machineNow()),
    );
    await this.#start(home, { mode, state: seeded, certificates, secrets, urls });
    return { home, state: seeded, certificates, mode };
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
  ): Promise<State> {
    this.#goOn();
    if (mode === 'production' || state.isSeeded) return state;
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
    const seeded = { ...state, isSeeded: true };
    await writeState(home, seeded);
    return seeded;
  }

  async #start(
    home: Home,
    made: {
      mode: Mode;
      state: State;
      certificates: CertificateFiles;
      secrets: SecretFiles;
      urls: DatabaseUrls;
    },
  ): Promise<void> {
    this.#goOn();
    const { state, certificates, urls } = made;
    const servers = new Servers({
      setting: {
        mode: made.mode,
        log: 'warn',
        ports: state.ports,
        certificates,
        secrets: made.secrets,
        databaseUrls: { bank: urls.bank.app, gateway: urls.gateway.app },
      },
      logFolder: home.log,
      onEvent: (server, event) => this.#onEvent(server, event),
      ...(this.programs ? { programs: this.programs } : {}),
    });
    this.#servers = servers;
    await this.steps
      .run({ ja: '2つのサーバーの起動', en: 'both servers' }, () => servers.start())
      .catch((error: Error) => {
        throw this.#isStopping ? error : serverDoesNotStart(error);
      });
    this.#goOn();
    this.#tell = () => this.#writeRunning(home, state, certificates);
    await this.#tell();
  }

  #onEvent(name: string, event: 'ended' | 'restarted'): void {
    this.steps.note(eventWords[event](name));
    void this.#tell();
  }

  async #writeRunning(home: Home, state: State, certificates: CertificateFiles): Promise<void> {
    if (this.#isStopping) return;
    await writeJson(home.runningFile, {
      supervisor: process.pid,
      gateway: { pid: this.#servers?.gateway.pid, origin: gatewayOrigin(state.ports) },
      bank: { pid: this.#servers?.bank.pid, origin: bankOrigin(state.ports) },
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

const eventWords = {
  ended: (name: string): Words => ({
    ja: `${name} が終了したため再起動します。`,
    en: `${name} ended; starting it again.`,
  }),
  restarted: (name: string): Words => ({ ja: `${name} が戻りました。`, en: `${name} is back.` }),
};

const schemaIsOld = (variable: string): Failure =>
  new Failure({
    ja: `${variable} のデータベースの表が古いままです。${variable}_OWNER に所有者の接続先を指定すると、起動時に更新します。`,
    en:
      `The tables in the database of ${variable} are out of date; set ${variable}_OWNER ` +
      `to its owner's URL and they are brought up to date at start.`,
  });

const serverDoesNotStart = (error: Error): Failure =>
  new Failure({
    ja: `サーバーが起動しません: ${error.message} くわしくは .renkei/log を見てください。`,
    en: `A server does not start: ${error.message} See .renkei/log for more.`,
  });
