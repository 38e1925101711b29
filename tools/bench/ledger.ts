import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { seeded, type Random } from '../campaigns/oracle/random.js';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import type { Measured } from '../measurement.js';
import { rounded } from './ledger/arithmetic.js';
import { bankCoreUnderLoad, type UnderLoad } from './ledger/bank-core-under-load.js';
import { measureCell } from './ledger/cells.js';
import { cellConditions, serverConditions } from './ledger/conditions.js';
import { everyCell, GROUPS, LEDGER, type EveryCell } from './ledger/every-cell.js';
import { figuresOf, reasonsOf, spreadOf, type Repetition } from './ledger/figures.js';
import { Lab } from './ledger/lab.js';
import { findPgbench } from './ledger/pgbench.js';
import { storageOf } from './ledger/storage.js';
import { residentMb } from './started-system.js';

const ACCOUNTS = 10_000;
const WARM_PASS_S = 2;
const WHOLE = { repetitions: 5, seconds: 3, underLoadS: 30 };
const QUICK = { repetitions: 1, seconds: 2, underLoadS: 5 };

/**
 * What a posting costs beside `pgbench -N` on the same durable server: ratios inside a repetition, medians of
 * them, the server's processor time and WAL with every rate, the invariants after every run. Source: ledger.md
 * section 7. `--cold` takes a checkpoint before each cell instead of one before all. `--quick` shows that it
 * works and measures nothing worth keeping; `--repetitions` and `--seconds` (per cell) for a longer look.
 */
export async function run(options: { json: boolean; args: readonly string[] }): Promise<Measured> {
  const { values } = parseArgs({
    args: [...options.args],
    options: {
      quick: { type: 'boolean', default: false },
      repetitions: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string', default: '20261122' },
      cold: { type: 'boolean', default: false },
      'without-bank-core': { type: 'boolean', default: false },
    },
  });
  const size = values.quick ? QUICK : WHOLE;
  const plan = {
    repetitions: Number(values.repetitions ?? size.repetitions),
    seconds: Number(values.seconds ?? size.seconds),
    seed: Number(values.seed),
    isCold: values.cold,
  };
  const since = stopwatch();
  const measured = await inLab(plan);
  const bank = values['without-bank-core']
    ? { residentMb: null, words: 'left out by --without-bank-core' }
    : await bankCoreUnderLoad(size.underLoadS).catch(whyNot);
  const figures = { ...measured.figures, bank_core_resident_mb: bank.residentMb };
  return {
    name: 'ledger',
    figures,
    reasons: reasonsOf(figures, { hasPgbench: measured.hasPgbench, bankCore: bank.words }),
    conditions: {
      repetitions: plan.repetitions,
      seconds: plan.seconds,
      seed: plan.seed,
      ...measured.conditions,
      bank_core: bank.words,
      took_s: Math.round(elapsedMs(since) / 1000),
    },
  };
}

/** The figures of the ledger are not lost because the servers did not start. */
const whyNot = (error: unknown): UnderLoad => {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${words}\n`);
  return { residentMb: null, words: /Error: .*/.exec(words)?.[0] ?? words };
};

interface Plan {
  readonly repetitions: number;
  readonly seconds: number;
  readonly seed: number;
  /** A checkpoint before each cell: everybody's changes are then dear, and pgbench's most. */
  readonly isCold: boolean;
}

async function inLab(plan: Plan) {
  const pgbench = findPgbench();
  const lab = await Lab.open();
  try {
    const every = await everyCell(lab, pgbench, ACCOUNTS);
    try {
      const loadBefore = loadavg()[0] ?? 0;
      const repetitions = await repeat(lab, every, plan);
      const storage = await storageOf(lab.url(LEDGER));
      return {
        hasPgbench: pgbench !== undefined,
        figures: {
          ...figuresOf(repetitions),
          bytes_per_posting: storage.bytesPerPosting,
          load_process_resident_mb: residentMb(every.loadPid),
        },
        conditions: {
          ...(await serverConditions(lab.url('postgres'))),
          ...cellConditions(pgbench, plan.isCold),
          accounts: ACCOUNTS,
          bytes_by_relation: storage.parts,
          load_1m_before: rounded(loadBefore),
          load_1m_after: rounded(loadavg()[0]),
          spread: spreadOf(repetitions),
        },
      };
    } finally {
      await every.close();
    }
  } finally {
    await lab.close();
  }
}

/** One warm pass that does not count, then the repetitions, each in an order of its own. */
async function repeat(lab: Lab, every: EveryCell, plan: Plan): Promise<readonly Repetition[]> {
  const random = seeded(plan.seed);
  const repetitions: Repetition[] = [];
  if (!plan.isCold) await every.beginSeries();
  for (let nth = 0; nth <= plan.repetitions; nth += 1) {
    const repetition: Record<string, unknown> = {};
    const seconds = nth === 0 ? WARM_PASS_S : plan.seconds;
    for (const name of shuffled(GROUPS, random).flatMap((group) => shuffled(group, random))) {
      const cell = every.cells.get(name);
      if (!cell) continue;
      if (plan.isCold) await lab.checkpoint();
      const measurement = await measureCell(lab, cell, seconds);
      repetition[name] = measurement;
      const cpu = rounded(measurement.cpuUs) ?? '–';
      const words = `${nth} ${name}: ${rounded(measurement.perSecond)}/s, ${cpu} µs`;
      process.stderr.write(`${words}\n`);
    }
    if (nth > 0) repetitions.push(repetition as Repetition);
  }
  return repetitions;
}

/** Fisher and Yates; a new array. */
function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.between(0, rest.length - 1), 1)[0] as Item);
}
