import { loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { seeded } from '../campaigns/oracle/random.js';
import { withConnection } from '../databases/index.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { fillPostings, readOnce } from './growth/fill.js';
import {
  growthFigures,
  WORKS,
  type GrowthRepetition,
  type Size,
  type Work,
} from './growth/figures.js';
import {
  fillLongHistories,
  LONG_ACCOUNT,
  LONG_ACCOUNTS,
  LONG_DAYS,
  LONG_LEGS,
} from './growth/long-history.js';
import { sampleIsRight } from './growth/sample-truth.js';
import { rounded } from './ledger/arithmetic.js';
import { measureCell, type Cell } from './ledger/cells.js';
import { serverConditions } from './ledger/conditions.js';
import { Lab, MEASURED_SETTINGS } from './ledger/lab.js';
import { LedgerTruth } from './ledger/ledger-truth.js';
import { LoadProcess, type Series } from './ledger/load.js';
import { fillAccounts } from './ledger/population.js';

interface Plan {
  readonly accounts: Readonly<Record<Size, number>>;
  readonly repetitions: number;
  readonly seconds: number;
}

/** Ten postings per account on either side: an account's history is as long, only there are more of them. */
const ROUNDS = 10;
const WHOLE: Plan = { accounts: { small: 10_000, large: 1_000_000 }, repetitions: 5, seconds: 4 };
const QUICK: Plan = { accounts: { small: 1_000, large: 50_000 }, repetitions: 1, seconds: 2 };
const SIZES: readonly Size[] = ['small', 'large'];
const WAITING = {
  posting: 32,
  statement: 8,
  long_statement: 8,
  long_first_page: 8,
  long_balance: 8,
} as const;
/** What the load generator calls each work. */
const LOAD = {
  posting: 'service',
  statement: 'statement',
  long_statement: 'period',
  long_first_page: 'first_page',
  long_balance: 'balances',
} as const satisfies Record<Work, Series['work']>;
const SAMPLED = 500;

/**
 * A quarter of the memory, as PostgreSQL advises. No checkpoint from the filling to the end: right after one the
 * large size would write whole pages for minutes and the small one not, which says nothing about growth.
 */
const settingsFor = (sharedMb: number) => ({
  ...MEASURED_SETTINGS,
  shared_buffers: `${sharedMb}MB`,
  max_wal_size: '32GB',
  checkpoint_timeout: '1h',
});

/**
 * How much slower a posting and a page of a statement become from 10⁴ accounts and 10⁵ postings to 10⁶ and 10⁷:
 * two databases of one durable server, measured in turn, accounts chosen alike. The ratios are of wall time, which
 * is what somebody waits for and which no kind of growth escapes; those of the server's processor time stand
 * beside them and decide where the machine is not quiet. And how much slower the questions of an intermediary become,
 * a page of a period, the first page from a day on and the balances of a day, on an account of 10⁵ legs beside one of
 * 10³: a third database, the same in both plans. `--quick` shows that it works with a twentieth of the rows.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      quick: { type: 'boolean', default: false },
      repetitions: { type: 'string' },
      seconds: { type: 'string' },
      'shared-mb': { type: 'string', default: String(Math.floor(totalmem() / 2 ** 22)) },
    },
  });
  const base = values.quick ? QUICK : WHOLE;
  const plan: Plan = {
    accounts: base.accounts,
    repetitions: Number(values.repetitions ?? base.repetitions),
    seconds: Number(values.seconds ?? base.seconds),
  };
  const since = stopwatch();
  const lab = await Lab.open(settingsFor(Number(values['shared-mb'])));
  try {
    const sampled = await fillAll(lab, plan);
    const filledS = elapsedMs(since) / 1000;
    const bytes = await bytesOf(lab, 'large');
    const loadBefore = loadavg()[0];
    const { figures, reasons } = growthFigures(await repeat(lab, plan));
    return {
      name: 'growth',
      figures: { ...figures, large_gb: rounded(bytes / 2 ** 30) },
      reasons,
      conditions: {
        ...(await serverConditions(lab.url('postgres'))),
        accounts: plan.accounts,
        postings: { small: plan.accounts.small * ROUNDS, large: plan.accounts.large * ROUNDS },
        waiting: WAITING,
        long_history: {
          legs: LONG_LEGS,
          days: LONG_DAYS,
          statement:
            'readers page through the whole period that may be asked about, 20 and one more',
          first_page:
            'without a cursor, 20 and one more, from a day of that period on, chosen evenly',
          balance: 'now, the end of yesterday and that of the month before',
        },
        ratio:
          'wall time per posting, page or answer, large over small, inside a repetition; medians',
        chosen: 'accounts uniform over all there are; both sizes were read once into memory before',
        checkpoint:
          'none from the filling to the end: what a page costs right after one is not growth',
        filled: 'by set-based SQL; leg indexes 70 % full, as insertions in no order leave them',
        repetitions: plan.repetitions,
        seconds: plan.seconds,
        accounts_sampled: sampled,
        load_1m_before: rounded(loadBefore),
        load_1m_after: rounded(loadavg()[0]),
        fill_s: Math.round(filledS),
        took_s: Math.round(elapsedMs(since) / 1000),
      },
    };
  } finally {
    await lab.close();
  }
}

/** A database for each size, and one in which both long histories stand. */
type Place = Size | 'long';
const PLACES: readonly Place[] = [...SIZES, 'long'];
const databaseOf = (place: Place): string => `bench_${place}`;
const placeOf = (work: Work, size: Size): Place => (work.startsWith('long') ? 'long' : size);

/** Fills all and looks at a sample of each; how many accounts were looked at. */
async function fillAll(lab: Lab, plan: Plan): Promise<number> {
  let sampled = 0;
  for (const place of PLACES) {
    const database = databaseOf(place);
    const accounts = place === 'long' ? LONG_ACCOUNTS : plan.accounts[place];
    await lab.bankDatabase(database);
    await fillAccounts(lab.ownerUrl(database), accounts);
    await (place === 'long'
      ? fillLongHistories(lab.ownerUrl(database))
      : fillPostings(lab.ownerUrl(database), accounts, ROUNDS));
    await readOnce(lab.url(database));
    const oneIn = Math.max(1, Math.floor(accounts / SAMPLED));
    sampled += await sampleIsRight(lab.url(database), place, oneIn);
    process.stderr.write(`${place}: ${accounts} accounts\n`);
  }
  return sampled;
}

/** A warm pass, then repetitions: both sizes of a work one right after the other, in changing order. */
async function repeat(lab: Lab, plan: Plan): Promise<readonly GrowthRepetition[]> {
  const load = new LoadProcess();
  try {
    const truths = {
      small: await truthOf(lab, 'small'),
      large: await truthOf(lab, 'large'),
      long: await truthOf(lab, 'long'),
    };
    const random = seeded(1);
    const repetitions: GrowthRepetition[] = [];
    for (let nth = 0; nth <= plan.repetitions; nth += 1) {
      const repetition: Record<string, unknown> = {};
      for (const work of WORKS) {
        const isTurned = random.chance(2);
        for (const size of isTurned ? [...SIZES].reverse() : SIZES) {
          const seed = nth * 10 + SIZES.indexOf(size);
          const truth = truths[placeOf(work, size)];
          const cell = cellOf(work, { lab, load, plan, size, seed, truth });
          const measurement = await measureCell(lab, cell, plan.seconds);
          repetition[`${work}_${size}`] = measurement;
          process.stderr.write(`${nth} ${cell.name}: ${rounded(measurement.perSecond)}/s\n`);
        }
      }
      if (nth > 0) repetitions.push(repetition as GrowthRepetition);
    }
    return repetitions;
  } finally {
    await load.close();
  }
}

async function truthOf(lab: Lab, place: Place): Promise<LedgerTruth> {
  const truth = new LedgerTruth(lab.url(databaseOf(place)));
  await truth.remember();
  return truth;
}

interface Ground {
  readonly lab: Lab;
  readonly load: LoadProcess;
  readonly plan: Plan;
  readonly size: Size;
  readonly seed: number;
  readonly truth: LedgerTruth;
}

function cellOf(work: Work, ground: Ground): Cell {
  const { lab, load, plan, size, seed, truth } = ground;
  const series = {
    work: LOAD[work],
    url: lab.appUrl(databaseOf(placeOf(work, size))),
    waiting: WAITING[work],
    accounts: plan.accounts[size],
    account: LONG_ACCOUNT[size],
    isHot: false,
    seed,
  } as const satisfies Omit<Series, 'seconds'>;
  return {
    name: `${work} ${size}`,
    run: (seconds, marks) => load.run({ ...series, seconds }, marks),
    verify: ({ committed }) => truth.check(size, work === 'posting' ? committed : 0),
  };
}

async function bytesOf(lab: Lab, size: Size): Promise<number> {
  const sql = `select pg_database_size(current_database())::float8 as bytes`;
  const { rows } = await withConnection(lab.url(databaseOf(size)), (client) =>
    client.query<{ bytes: number }>(sql),
  );
  return rows[0]?.bytes ?? 0;
}
