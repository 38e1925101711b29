import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** PostgreSQL refuses to run as root; then it runs as the system's nobody, and no user is created. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY = 65_534;

/**
 * The account under which PostgreSQL's programs run; undefined means: as ourselves. A cluster that
 * another account created keeps its owner, because the server refuses data that are not its own.
 */
export function accountForPostgres(dataFolder?: string): Account | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined;
  const found = dataFolder ? statSync(dataFolder, { throwIfNoEntry: false }) : undefined;
  if (found && found.uid !== 0) return { uid: found.uid, gid: found.gid };
  if (process.platform !== 'darwin') return { uid: NOBODY, gid: NOBODY };
  const asked = (flag: string): number =>
    Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  return { uid: asked('-u'), gid: asked('-g') };
}

/**
 * True when an account that is neither owner nor group can walk down to `folder`. A project below
 * root's own home (0700) is closed to nobody, and PostgreSQL would not even find its libraries.
 */
export async function isOpenToOthers(folder: string): Promise<boolean> {
  const found = await stat(folder);
  if ((found.mode & 0o001) === 0) return false;
  return dirname(folder) === folder || isOpenToOthers(dirname(folder));
}
