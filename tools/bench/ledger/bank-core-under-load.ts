import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arenaOf } from '../../campaigns/kill.js';
import { attempt } from '../../campaigns/kill/attempt.js';
import type { Arena } from '../../campaigns/kill/arena.js';
import { BankTime } from '../../campaigns/kill/bank-time.js';
import { accountForPostgres, placeForCluster } from '../../embedded-postgres/index.js';
import { makeFolder } from '../../files.js';
import { sampleTransfer } from '../../flow/sample-transfer.js';
import { elapsedMs, stopwatch } from '../../machine-clock.js';
import { projectRoot } from '../../project.js';
import { homeAt } from '../../start/home.js';
import { residentMb, startSystem, takePortsOfOurOwn } from '../started-system.js';

const STREAMS = 4;

export interface UnderLoad {
  readonly residentMb: number | null;
  readonly words: string;
}

/**
 * The largest resident memory of the real bank-core process while people log in, approve, confirm transfers and
 * have their accounts read, through both servers as they ship.
 */
export async function bankCoreUnderLoad(seconds: number): Promise<UnderLoad> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-under-load-'));
  await makeFolder(folder, 0o711);
  try {
    await takePortsOfOurOwn(homeAt(folder));
    const system = await startSystem(projectRoot, folder);
    try {
      const arena = await arenaOf(system);
      const { pid } = system.running().bank;
      let largest = residentMb(pid);
      const watch = setInterval(() => {
        const now = residentMb(pid);
        if (now !== null) largest = Math.max(largest ?? 0, now);
      }, 200);
      const done = await everyStream(arena, seconds);
      clearInterval(watch);
      if (done === 0) throw new Error('Not one authorization of the load went through.');
      return {
        residentMb: largest,
        words: `largest of the real server: ${STREAMS} people at once for ${seconds} s, ${done} done`,
      };
    } finally {
      await system.stop();
    }
  } finally {
    await rm(await placeForCluster(folder, accountForPostgres()), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** One stream confirms transfers, which advance the bank's clock for their one-time passwords; the others read. */
async function everyStream(arena: Arena, seconds: number): Promise<number> {
  const time = new BankTime(arena.bankDatabaseUrl);
  const since = stopwatch();
  let done = 0;
  const stream = async (nth: number): Promise<void> => {
    for (let turn = 0; elapsedMs(since) < seconds * 1000; turn += 1) {
      const person = arena.people[(nth + turn * STREAMS) % arena.people.length];
      if (!person) throw new Error('Nobody has an account where writes are offered.');
      const isTransfer = nth === 0;
      const id = `load-${turn}-${crypto.randomUUID().slice(0, 8)}`;
      const seen = await attempt(arena, time, {
        scope: isTransfer ? 'transfers' : 'accounts',
        detail: isTransfer ? sampleTransfer(id, person, arena.people) : readingOf(person.bankCode),
        person,
      });
      if (!seen.redeemed) continue;
      await seen.readAccounts?.();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, (_, nth) => stream(nth)));
  return done;
}

const readingOf = (bankCode: string): Readonly<Record<string, unknown>> => ({
  type: 'account_information',
  bank_code: bankCode,
  permissions: ['accounts_read', 'balances_read'],
  purpose: 'household_accounting',
  term_days: 30,
  chain_partner: 'none',
});
