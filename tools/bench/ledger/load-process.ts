import { Database } from '#libs/platform';
import type { DataSource } from 'typeorm';
import { LedgerWriter } from '../../../apps/bank-core/src/accounts/ledger-writer.js';
import { statement } from '../../../apps/bank-core/src/accounts/storage/statement.store.pg.js';
import { seeded, type Random } from '../../campaigns/oracle/random.js';
import { elapsedMs, stopwatch } from '../../machine-clock.js';
import { percentile } from './arithmetic.js';
import type { LoadAnswer, LoadResult, Series } from './load.js';
import { ormSource, postThroughOrm } from './orm-path.js';
import { ACCOUNTS_BEFORE, INSTITUTION, orderBetween } from './population.js';
import { WARMING_S } from './rate.js';

/** As bank-core gives its writer (accounts.module.ts). */
const LEDGER_CONNECTIONS = 4;
const CONNECTIONS_MAX = 16;
const PAGE = 20;

/** Does the work once; false where the answer was a refusal. */
type Act = (random: Random) => Promise<boolean>;

const databases = new Map<string, { database: Database; writer: LedgerWriter }>();
const sources = new Map<string, DataSource>();

function databaseOf(url: string): { database: Database; writer: LedgerWriter } {
  let found = databases.get(url);
  if (!found) {
    const database = new Database({
      url,
      connectionsMax: CONNECTIONS_MAX,
      applicationName: 'bench',
    });
    found = { database, writer: new LedgerWriter(database.reserve(LEDGER_CONNECTIONS)) };
    databases.set(url, found);
  }
  return found;
}

async function actOf(series: Series): Promise<Act> {
  const { accounts, isHot } = series;
  if (series.work === 'orm') {
    const source = sources.get(series.url) ?? (await ormSource(series.url, series.waiting));
    sources.set(series.url, source);
    return async (random) => {
      await postThroughOrm(source, random, accounts);
      return true;
    };
  }
  const { database, writer } = databaseOf(series.url);
  if (series.work === 'service') {
    return async (random) => {
      const answer = await writer.place(INSTITUTION, orderBetween(random, accounts, isHot));
      return answer.ok && answer.value.status === 'posted';
    };
  }
  return async (random) => {
    const account = BigInt(ACCOUNTS_BEFORE + random.between(1, accounts));
    const page = await database.inInstitution(INSTITUTION, (tx) =>
      statement(tx, INSTITUTION, account, { limit: PAGE }),
    );
    return page.length > 0;
  };
}

/** Keeps `waiting` of them on their way until the time is over, then waits for the last answer. */
async function run(series: Series, onWarm: () => void): Promise<LoadResult> {
  const act = await actOf(series);
  const random = seeded(series.seed);
  const counts = { committed: 0, refused: 0 };
  const warm = {
    since: Infinity,
    committed: 0,
    latencies: [] as number[],
    cpu: process.cpuUsage(),
  };
  const since = stopwatch();
  const becomeWarm = (): void => {
    Object.assign(warm, {
      since: stopwatch(),
      committed: counts.committed,
      cpu: process.cpuUsage(),
    });
    onWarm();
  };
  const isOver = (): boolean => elapsedMs(since) >= (WARMING_S + series.seconds) * 1000;
  const endless = async (): Promise<void> => {
    while (!isOver()) {
      const asked = stopwatch();
      if (await act(random)) counts.committed += 1;
      else counts.refused += 1;
      if (asked >= warm.since) warm.latencies.push(elapsedMs(asked));
      else if (warm.since === Infinity && elapsedMs(since) >= WARMING_S * 1000) becomeWarm();
    }
  };
  await Promise.all(Array.from({ length: series.waiting }, endless));
  const seconds = elapsedMs(warm.since) / 1000;
  const used = process.cpuUsage(warm.cpu);
  const committedWarm = counts.committed - warm.committed;
  return {
    ...counts,
    committedWarm,
    perSecond: committedWarm / seconds,
    p50Ms: percentile(warm.latencies, 0.5),
    p99Ms: percentile(warm.latencies, 0.99),
    driverCpuUs: (used.user + used.system) / Math.max(1, committedWarm),
  };
}

process.on('message', (series: Series) => {
  const answer = (words: LoadAnswer): void => {
    process.send?.(words);
  };
  run(series, () => answer({ isWarm: true })).then(
    (result) => answer({ result }),
    (error: unknown) =>
      answer({ fault: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});

// The measuring process has gone or is done.
process.on('disconnect', () => process.exit(0));
