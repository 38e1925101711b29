import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from './arithmetic.js';
import type { Rate } from './rate.js';

export const HOW_TO_INSTALL =
  "pgbench is not installed: Debian's postgresql-15 (or postgresql-contrib) has it, apt-get install postgresql-15";

/** On the PATH, or where Debian puts it; the newest where there are several. */
export function findPgbench(): string | undefined {
  if (spawnSync('pgbench', ['--version'], { stdio: 'ignore' }).status === 0) return 'pgbench';
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin', 'pgbench'))
    .find((file) => existsSync(file));
}

export const pgbenchVersion = (program: string): string =>
  spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim();

/** One transaction in ten tells how long it took: enough for a p99, and cheap for both sides of a ratio. */
const LOGGED = 0.1;

/** Creates pgbench's own tables. */
export async function initialisePgbench(
  program: string,
  url: string,
  scale: number,
): Promise<void> {
  await runPgbench(program, url, ['-i', '-q', '-s', String(scale)]);
}

/**
 * Runs a series in prepared mode and gives what committed. Throws when any client was aborted or any
 * transaction failed: a rate with failures in it compares with nothing.
 */
export async function pgbenchRate(
  program: string,
  url: string,
  series: { readonly clients: number; readonly seconds: number; readonly args: readonly string[] },
): Promise<Rate> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-pgbench-'));
  try {
    const said = await runPgbench(program, url, [
      ...['-n', '-M', 'prepared', '-T', String(series.seconds)],
      ...['-c', String(series.clients), '-j', String(Math.min(2, series.clients))],
      ...['-l', `--sampling-rate=${LOGGED}`, `--log-prefix=${join(folder, 'log')}`],
      ...series.args,
    ]);
    const latencies = await latenciesIn(folder);
    return { ...parsePgbench(said), ...p50And99(latencies) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a series of pgbench said; throws where it is not the whole truth about committed transactions. */
export function parsePgbench(said: string): { committed: number; perSecond: number } {
  const committed = Number(/actually processed: (\d+)/.exec(said)?.[1]);
  const perSecond = Number(/tps = ([\d.]+) \(without initial/.exec(said)?.[1]);
  const failed = Number(/failed transactions: (\d+)/.exec(said)?.[1] ?? 0);
  if (!(committed > 0 && perSecond > 0 && failed === 0) || /aborted/.test(said)) {
    throw new Error(`pgbench did not run whole:\n${said}`);
  }
  return { committed, perSecond };
}

const p50And99 = (latencies: readonly number[]): Pick<Rate, 'p50Ms' | 'p99Ms'> => ({
  p50Ms: percentile(latencies, 0.5),
  p99Ms: percentile(latencies, 0.99),
});

/** Milliseconds; a line of the log is: client, transaction, microseconds, script, time. */
async function latenciesIn(folder: string): Promise<number[]> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => Number(line.split(' ')[2]) / 1000),
  );
}

async function runPgbench(program: string, url: string, args: readonly string[]): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const child = spawn(
    program,
    [...args, '-h', hostname, '-p', port, '-U', username, pathname.slice(1)],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        LC_ALL: 'C',
        PGPASSWORD: decodeURIComponent(password),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`pgbench ended with ${code}:\n${said}`);
  return said;
}
