import { spawn } from 'node:child_process';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.js';
import { makeFolder, readIfThere } from '../files.js';
import type { Binaries } from './binaries.js';

export const SUPERUSER = 'renkei_admin';

/**
 * Creates a cluster in `dataFolder` unless there is one: UTF-8, Japanese collation by ICU, data
 * checksums, SCRAM for everybody. It is built beside and renamed, so that a start that was killed
 * in the middle leaves nothing that looks like a cluster. Source: threats T-22, stack section 8.
 */
export async function initialise(
  binaries: Binaries,
  dataFolder: string,
  password: string,
  isThrowaway: boolean,
): Promise<void> {
  if ((await readIfThere(join(dataFolder, 'PG_VERSION'))) !== undefined) return;
  const building = `${dataFolder}.new`;
  const passwordFile = `${dataFolder}.password`;
  await rm(building, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await makeFolder(dirname(dataFolder), 0o711);
  await makeFolder(building, 0o700);
  await writeFile(passwordFile, password, { mode: 0o600 });
  const { account } = binaries;
  if (account) {
    await chown(building, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    await runInitdb(binaries, building, passwordFile, isThrowaway);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(building, dataFolder);
}

async function runInitdb(
  binaries: Binaries,
  folder: string,
  passwordFile: string,
  isThrowaway: boolean,
): Promise<void> {
  const child = spawn(
    binaries.initdb,
    [
      `--pgdata=${folder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=ja-JP',
      '--data-checksums',
      '--no-instructions',
      ...(isThrowaway ? ['--no-sync'] : []),
    ],
    {
      env: binaries.environment,
      ...binaries.account,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  const reason = complaint.trim().split('\n').at(-1) ?? '';
  throw new Failure({
    ja: `データベースを作成できません（${reason}）。空き容量と ${folder} への書き込み権限を確かめてください。`,
    en:
      `The database cluster cannot be created (${reason}); check ` +
      `free space and permission to write ${folder}.`,
  });
}
