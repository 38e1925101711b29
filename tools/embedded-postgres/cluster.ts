import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { Failure } from '../failure.js';
import { readJsonIfThere, writeJson } from '../files.js';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';
import { freePorts, isPortFree } from '../ports.js';
import { accountForPostgres } from './account.js';
import { findBinaries, type Binaries } from './binaries.js';
import { initialise, SUPERUSER } from './initialise.js';
import { stopOrphan } from './orphan.js';

const READY_MS = 60_000;
const ATTEMPTS = 8;

export interface ClusterOptions {
  /** Holds `data`, the remembered port and, where needed, a copy of the programs. */
  readonly place: string;
  /** Of the superuser; kept by the caller in a file of mode 0600. */
  readonly password: string;
  /** A file that receives the server's own messages; a file survives us, a pipe would not. */
  readonly logFile: string;
  /** For tests: no fsync. What a crash destroys is made anew. */
  readonly isThrowaway?: boolean;
  /** Settings of the server beside our own, for measuring. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when the server ends without having been asked to. */
  readonly onUnexpectedExit?: () => void;
}

/** A running PostgreSQL 18, on 127.0.0.1 only. */
export interface Cluster {
  readonly port: number;
  readonly pid: number;
  /** The superuser's connection URL for a database of this cluster. */
  url(database: string): string;
  /** Ends sessions and stops the server; after `limitMs` it is killed, and recovers next time. */
  stop(limitMs?: number): Promise<void>;
}

/** Starts the cluster of `options.place`, creating it first where there is none. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dataFolder = join(options.place, 'data');
  const account = accountForPostgres(dataFolder);
  const binaries = await findBinaries(account, join(options.place, 'programs'));
  await stopOrphan(dataFolder);
  await initialise(binaries, dataFolder, options.password, options.isThrowaway ?? false);
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(options.place, attempt);
    const child = await spawnServer(binaries, dataFolder, port, options);
    if (await becomesReady(child, port, options.password)) {
      await writeJson(portFile(options.place), { port });
      return runningCluster(child, port, options);
    }
    if (attempt === ATTEMPTS) throw doesNotStart(options.logFile);
    // A backend of a server killed with -9 may still hold the shared memory for a moment.
    await pause(100 * attempt);
  }
}

const portFile = (place: string): string => join(place, 'port.json');

/** The port of last time while it is free, so that connection strings stay good; else a new one. */
async function choosePort(place: string, attempt: number): Promise<number> {
  const last = await readJsonIfThere<{ port: number }>(portFile(place));
  if (last && attempt <= ATTEMPTS / 2 && (await isPortFree(last.port))) return last.port;
  const [port] = await freePorts(1);
  return port ?? 0;
}

async function spawnServer(
  binaries: Binaries,
  dataFolder: string,
  port: number,
  options: ClusterOptions,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: options.isThrowaway ? '200' : '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.isThrowaway
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
      : {}),
    ...options.settings,
  };
  const log = await open(options.logFile, 'a', 0o600);
  try {
    return spawn(
      binaries.postgres,
      ['-D', dataFolder, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
      {
        env: binaries.environment,
        ...binaries.account,
        cwd: '/',
        // A group of its own: the terminal's Ctrl-C must reach the supervisor alone, which drains
        // the servers before it stops their database.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
  } finally {
    await log.close();
  }
}

async function becomesReady(child: ChildProcess, port: number, password: string): Promise<boolean> {
  const state = { hasEnded: false };
  child.once('exit', () => (state.hasEnded = true));
  child.once('error', () => (state.hasEnded = true));
  const since = stopwatch();
  while (!state.hasEnded && elapsedMs(since) < READY_MS) {
    if (await answers(port, password)) return !state.hasEnded;
    await pause(25);
  }
  if (!state.hasEnded) child.kill('SIGQUIT');
  return false;
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function runningCluster(child: ChildProcess, port: number, options: ClusterOptions): Cluster {
  const gone = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once('exit', () => resolve());
  });
  const state = { isStopping: false };
  void gone.then(() => {
    if (!state.isStopping) options.onUnexpectedExit?.();
  });
  return {
    port,
    pid: child.pid ?? 0,
    url: (database) =>
      `postgres://${SUPERUSER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`,
    async stop(limitMs = 15_000) {
      state.isStopping = true;
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions, writes a checkpoint and exits.
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGQUIT'), limitMs);
      await gone;
      clearTimeout(timer);
    },
  };
}

function doesNotStart(logFile: string): Failure {
  const shown = join(basename(dirname(logFile)), basename(logFile));
  return new Failure({
    ja: `PostgreSQL が起動しません。${shown} の最後の行を確かめてください（初めからやり直すには npm start -- --reset）。`,
    en: `PostgreSQL does not start; read the last lines of ${shown} (npm start -- --reset begins anew).`,
  });
}
