import { randomBytes } from 'node:crypto';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  dropDatabase,
  migrate,
  newPassword,
  newRolePasswords,
  prepareDatabase,
  prepareRoles,
  sides,
  urlFor,
} from '../../databases/index.js';
import {
  accountForPostgres,
  placeForCluster,
  startCluster,
} from '../../embedded-postgres/index.js';
import { makeFolder } from '../../files.js';
import type { TestCluster } from '../../test/cluster.js';

/** A server with a migrated, empty database of bank-core to clone: the tests' own, or a campaign's. */
export type Ground = Pick<TestCluster, 'adminUrl' | 'passwords'> & {
  readonly templates: Pick<TestCluster['templates'], 'bank'>;
};

/** A database of bank-core for one experiment. */
export interface BankClone {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** A durable cluster of the campaign's own below the system's temporary folder; gone when `work` ends. */
export async function onOwnGround<Value>(work: (ground: Ground) => Promise<Value>): Promise<Value> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-ledger-'));
  await makeFolder(folder, 0o711);
  const place = await placeForCluster(folder, accountForPostgres());
  const cluster = await startCluster({
    place,
    password: newPassword(),
    logFile: join(folder, 'postgres.log'),
  });
  let cleared: Promise<void> | undefined;
  const clearOnce = async (): Promise<void> => {
    await cluster.stop();
    await rm(place, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  const clear = (): Promise<void> => (cleared ??= clearOnce());
  // The server is in a process group of its own: who breaks a campaign off must not leave it behind.
  const onSignal = (): void => void clear().finally(() => process.exit(130));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const [adminUrl, passwords, bank] = [
      cluster.url('postgres'),
      newRolePasswords(),
      'template_bank',
    ];
    await prepareRoles(adminUrl, passwords);
    await prepareDatabase(adminUrl, 'bank', bank);
    await migrate('bank', urlFor(adminUrl, sides.bank.owner, passwords.bank.owner, bank));
    return await work({ adminUrl, passwords, templates: { bank } });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await clear();
  }
}

export async function cloneBank({ adminUrl, passwords, templates }: Ground): Promise<BankClone> {
  const name = `ledger_${randomBytes(6).toString('hex')}`;
  await prepareDatabase(adminUrl, 'bank', name, templates.bank);
  const { owner, app } = sides.bank;
  const admin = new URL(adminUrl);
  admin.pathname = `/${name}`;
  return {
    adminUrl: admin.toString(),
    ownerUrl: urlFor(adminUrl, owner, passwords.bank.owner, name),
    appUrl: urlFor(adminUrl, app, passwords.bank.app, name),
    drop: () => dropDatabase(adminUrl, name),
  };
}
