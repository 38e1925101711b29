import 'reflect-metadata';
import { openStaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import { whyUnreachable } from '../databases/index.js';
import { runCommand } from '../failure.js';
import { ACTS } from '../staff/acts.js';
import { bankDatabaseUrl, notInstalled } from '../staff/bank-database.js';
import type { Line } from '../staff/line.js';
import { readStaffOptions } from '../staff/options.js';

const REFUSED = 4;

/** `npm run staff`: officers act on links, consents and locks; what stops somebody needs two of them (INT-13). */
async function staff(args: readonly string[]): Promise<number> {
  const options = readStaffOptions(args);
  const url = await bankDatabaseUrl();
  if ((await whyUnreachable(url)) !== undefined) throw notInstalled();
  const desk = await openStaffDesk({ databaseUrl: url });
  let refusals = 0;
  const say = ({ words, data, isRefusal }: Line): void => {
    if (isRefusal) refusals += 1;
    process.stdout.write(`${options.isJson ? JSON.stringify(data) : words[options.language]}\n`);
  };
  try {
    await ACTS[options.act](desk, options, say);
  } finally {
    await desk.close();
  }
  return refusals > 0 ? REFUSED : 0;
}

await runCommand(() => staff(process.argv.slice(2)));
