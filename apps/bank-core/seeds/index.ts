import pg from 'pg';
import { CivilDate } from '#libs/kernel';
import { INSTITUTIONS, seedInstitutions } from './01-institutions.seed.js';
import { seedHolders } from './02-holders.seed.js';
import { seedAccounts } from './03-accounts.seed.js';
import { seedStaff } from './04-staff.seed.js';
import { seedAgreements } from './05-agreements.seed.js';
import { seedCredentials } from './06-credentials.seed.js';
import { seedChecklists } from './07-checklists.seed.js';
import { enterInstitution, type SeedContext } from './seed-context.js';
import type { SeedOptions } from './seed-options.js';
import { SeedRandom } from './seed-random.js';
import { verifyLedger } from './verify-ledger.js';

export type { StoryOfficer } from './04-staff.seed.js';
export type { SeedOptions, StoryPerson } from './seed-options.js';

const SEED = 20_261_122;

/**
 * Fills an empty, migrated database of bank-core, in one transaction of the owner: whole or not at all. Does
 * nothing where institutions exist already.
 */
export async function seed(ownerDatabaseUrl: string, options: SeedOptions): Promise<void> {
  const client = new pg.Client({ connectionString: ownerDatabaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const there = await client.query('select 1 from institution limit 1');
    if (there.rowCount !== 0) return;
    await client.query('begin');
    const { people, officers } = await fill(client, options);
    // Told before the commit: a seed whose passwords nobody kept must not stay.
    await options.onPeople?.(people);
    await options.onStaff?.(officers);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, options: SeedOptions) {
  const { rows } = await client.query<{ now: Date }>('select renkei_now() as now');
  const now = rows[0]?.now.getTime() ?? 0;
  const context: SeedContext = {
    client,
    size: options.size === 'small' ? 'small' : 'full',
    random: new SeedRandom(SEED),
    now,
    today: CivilDate.inTokyo(now),
    progress: options.onProgress ?? (() => undefined),
  };
  await seedInstitutions(context);
  const holders = await seedHolders(context);
  const accounts = await seedAccounts(context, holders);
  await seedAgreements(context);
  await seedChecklists(context);
  const keyEncryptionKey = keyOf(options);
  const officers = await seedStaff(context, options.passwords?.staff, keyEncryptionKey);
  const credentials = { keyEncryptionKey, passwords: options.passwords };
  const people = await seedCredentials(context, holders, accounts, credentials);
  for (const { id } of INSTITUTIONS) {
    await enterInstitution(context, id);
    await verifyLedger(context, id);
  }
  return { people, officers };
}

function keyOf({ keyEncryptionKey, keyEncryptionKeyHex }: SeedOptions): Buffer {
  const key = keyEncryptionKey ?? Buffer.from(keyEncryptionKeyHex ?? '', 'hex');
  if (key.length !== 32) throw new Error('The seed needs the key-encryption key of 32 bytes.');
  return key;
}
