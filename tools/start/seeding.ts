import { join } from 'node:path';
import { writeJson } from '../files.js';
import { withConnection } from '../databases/index.js';
import type { DatabaseUrls } from './databases.js';
import { ensureDemoClients, publicKeyOf } from './demo-clients.js';
import type { Home } from './home.js';
import { readKey } from './mode.js';
import { prepareApart, type Preparation, type Task } from './preparation.js';
import type { SeedProgress } from './seeds.js';

export interface SeedingOptions {
  readonly home: Home;
  readonly urls: DatabaseUrls;
  readonly bankKekFile: string;
  readonly applicationOrigin: string;
  readonly size: 'demo' | 'small';
  readonly onProgress: SeedProgress;
  /** Hands out the running child, so that a Ctrl-C can end it. */
  readonly onChild: (child: Preparation) => void;
}

/** The demo people of an installation, as its bank seed made them. */
export const peopleFile = (home: Home): string => join(home.demo, 'people.json');

/** The demo officers of an installation, for `npm run staff`. */
export const staffFile = (home: Home): string => join(home.demo, 'staff.json');

/** Fills both databases: the bank first, because the gateway's clients are its intermediaries. */
export async function seedBoth(options: SeedingOptions): Promise<void> {
  const { home, urls } = options;
  if (!urls.bank.owner || !urls.gateway.owner) return;
  await runTask(options, {
    kind: 'seed_bank',
    ownerUrl: urls.bank.owner,
    keyHex: readKey(options.bankKekFile).toString('hex'),
    size: options.size,
  });
  const clients = await ensureDemoClients(home.demo, urls.bank.owner, options.applicationOrigin);
  await runTask(options, {
    kind: 'seed_gateway',
    ownerUrl: urls.gateway.owner,
    clients: clients.map((client) => ({
      clientId: client.client_id,
      epspId: client.epsp_id,
      redirectUris: [client.redirect_uri],
      jwks: { keys: [publicKeyOf(client)] },
    })),
  });
}

/** True when an outside database already has institutions: then nothing is seeded into it. */
export async function hasInstitutions(bankUrl: string): Promise<boolean> {
  return withConnection(bankUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM institution LIMIT 1');
    return found.rowCount !== 0;
  });
}

async function runTask(options: SeedingOptions, task: Task): Promise<void> {
  const kept: Promise<void>[] = [];
  const child = prepareApart(task, (report) => {
    if (report.type === 'progress') options.onProgress(report.done, report.total, report.what);
    if (report.type === 'people') kept.push(writeJson(peopleFile(options.home), report.people));
    if (report.type === 'staff') kept.push(writeJson(staffFile(options.home), report.officers));
  });
  options.onChild(child);
  await child.finished;
  await Promise.all(kept);
}
