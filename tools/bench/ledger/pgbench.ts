import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from './arithmetic.js';
import { WARMING_S, type Marks, type Rate } from './rate.js';

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
  marks: Marks,
): Promise<Rate> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-pgbench-'));
  let isWarm = false;
  const onProgress = (): void => {
    if (isWarm) marks.over();
    else marks.warm();
    isWarm = true;
  };
  try {
    const args = [
      ...['-n', '-M', 'prepared', '-P', '1', '-T', String(series.seconds + WARMING_S)],
      ...['-c', String(series.clients), '-j', String(Math.min(2, series.clients))],
      ...['-l', `--sampling-rate=${LOGGED}`, `--log-prefix=${join(folder, 'log')}`],
      ...series.args,
    ];
    const said = await runPgbench(program, url, args, onProgress);
    const latencies = await latenciesIn(folder);
    return {
      ...parsePgbench(said),
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What a series of pgbench said; throws where it is not the whole truth about committed transactions. The first
 * line of progress is the end of the warming; what the later ones report is the rate.
 */
export function parsePgbench(
  said: string,
): Pick<Rate, 'committed' | 'committedWarm' | 'perSecond'> {
  const committed = Number(/actually processed: (\d+)/.exec(said)?.[1]);
  const failed = Number(/failed transactions: (\d+)/.exec(said)?.[1] ?? 0);
  const progress = [...said.matchAll(/^progress: ([\d.]+) s, ([\d.]+) tps/gm)].map((match) => ({
    atS: Number(match[1]),
    perSecond: Number(match[2]),
  }));
  const begin = progress[0]?.atS ?? 0;
  const seconds = (progress.at(-1)?.atS ?? 0) - begin;
  const committedWarm = progress.slice(1).reduce((sum, { atS, perSecond }, index) => {
    return sum + perSecond * (atS - (progress[index]?.atS ?? begin));
  }, 0);
  const isWhole = committed > 0 && committedWarm > 0 && failed === 0 && !/aborted/.test(said);
  if (!isWhole) throw new Error(`pgbench did not run whole:\n${said}`);
  return { committed, committedWarm, perSecond: committedWarm / seconds };
}

/** Milliseconds after the warming; a line of the log is: client, number, microseconds, script, second, microseconds. */
async function latenciesIn(folder: string): Promise<number[]> {
  const files = await readdir(folder);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const rows = texts
    .flatMap((text) => text.split('\n').filter(Boolean))
    .map((line) => {
      const [, , us, , second, micro] = line.split(' ').map(Number);
      return { ms: (us ?? 0) / 1000, at: (second ?? 0) + (micro ?? 0) / 1e6 };
    });
  const first = rows.reduce((least, { at }) => Math.min(least, at), Infinity);
  return rows.filter(({ at }) => at >= first + WARMING_S).map(({ ms }) => ms);
}

async function runPgbench(
  program: string,
  url: string,
  args: readonly string[],
  onProgress: () => void = () => undefined,
): Promise<string> {
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
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (/^progress: /m.test(chunk.toString())) onProgress();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`pgbench ended with ${code}:\n${said}`);
  return said;
}
