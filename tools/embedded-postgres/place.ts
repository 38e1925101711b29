import { createHash } from 'node:crypto';
import { access, constants, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files.js';
import { isOpenToOthers, type Account } from './account.js';

/**
 * The folder that holds a cluster and, where needed, a copy of the programs. Normally below `home`;
 * for root with a closed home it lies in /var/lib, named after the home, so that two clones keep
 * apart and the same clone finds it again.
 */
export async function placeForCluster(home: string, account: Account | undefined): Promise<string> {
  if (!account) return join(home, 'postgres');
  if (await isOpenToOthers(await realpath(home))) return join(home, 'postgres');
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12);
  const parent = await access('/var/lib', constants.W_OK).then(
    () => '/var/lib',
    () => tmpdir(),
  );
  const place = join(parent, `renkei-${name}`);
  await makeFolder(place, 0o711);
  return place;
}
