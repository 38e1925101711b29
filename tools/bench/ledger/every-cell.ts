import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withConnection } from '../../databases/index.js';
import type { Cell } from './cells.js';
import { CONFIRMED_TRUTH, fillHolders, topUpDrafts } from './drafts.js';
import type { Lab } from './lab.js';
import { committedAndRight, LedgerTruth, PGBENCH_TRUTH } from './ledger-truth.js';
import { LoadProcess } from './load.js';
import { ORM_TRUTH, prepareOrm } from './orm-path.js';
import { initialisePgbench, pgbenchRate } from './pgbench.js';
import { fillAccounts } from './population.js';
import { WARMING_S, type Marks, type Rate } from './rate.js';
import { prepareRowPerLeg, ROW_PER_LEG_TRUTH, rowPerLegArgs } from './row-per-leg.js';
import { singleCallArgs } from './single-call.js';

export type CellName =
  | `pgbench_n_${8 | 32 | 64}_${'single' | 'service' | 'many'}`
  | 'single_32'
  | 'service_1'
  | 'service_32'
  | 'service_1024'
  | 'service_hot_32'
  | 'confirm_32'
  | 'confirm_1024'
  | 'row_per_leg_32'
  | 'row_per_leg_hot_32'
  | 'orm_32';

/** What is divided by what stands in one group: measured one right after the other, in shuffled order. */
export const GROUPS: readonly (readonly CellName[])[] = [
  ['single_32', 'pgbench_n_32_single', 'row_per_leg_32'],
  ['service_32', 'confirm_32', 'pgbench_n_32_service', 'service_hot_32', 'row_per_leg_hot_32'],
  ['service_1024', 'confirm_1024', 'pgbench_n_8_many', 'pgbench_n_32_many', 'pgbench_n_64_many'],
  ['service_1', 'orm_32'],
];

const SCALE = 10;
export const LEDGER = 'bench_ledger';
const PGBENCH = 'bench_pgbench';
const ROW_PER_LEG = 'bench_row_per_leg';
const ORM = 'bench_orm';

/**
 * One row of each page: pgbench's million accounts spread over so many pages that its short series would consist
 * of full page images. They are written here once, in its favour; our accounts fill a few hundred pages.
 */
const TOUCH = `update pgbench_accounts set abalance = abalance where aid % 61 = 0`;

export interface EveryCell {
  readonly cells: ReadonlyMap<CellName, Cell>;
  readonly loadPid: number | undefined;
  /** Before the warm pass: a checkpoint, after which a page's first change is dear, for everybody once. */
  beginSeries(): Promise<void>;
  close(): Promise<void>;
}

/** Prepares a database for each way of doing it. Without pgbench only what the load generator drives. */
export async function everyCell(
  lab: Lab,
  pgbench: string | undefined,
  accounts: number,
): Promise<EveryCell> {
  const load = new LoadProcess();
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-bench-scripts-'));
  const cells = new Map<CellName, Cell>();
  const add = (name: CellName, cell: Omit<Cell, 'name'>) => cells.set(name, { name, ...cell });

  const { ledger, confirm } = await ledgerCells(lab, load, accounts);
  add('service_1', ledger({ waiting: 1 }));
  add('service_32', ledger({ waiting: 32 }));
  add('service_1024', ledger({ waiting: 1024 }));
  add('service_hot_32', ledger({ waiting: 32, isHot: true }));
  add('confirm_32', confirm(32));
  add('confirm_1024', confirm(1024));
  add('orm_32', await ormCell(lab, load, accounts));
  if (pgbench) {
    const drive =
      (url: string, clients: number, args: readonly string[]) => (seconds: number, marks: Marks) =>
        pgbenchRate(pgbench, url, { clients, seconds, args }, marks);
    const single = await singleCallArgs(join(folder, 'single.sql'), accounts);
    add('single_32', { ...ledger({ waiting: 32 }), run: drive(lab.appUrl(LEDGER), 32, single) });
    await lab.emptyDatabase(PGBENCH);
    await initialisePgbench(pgbench, lab.url(PGBENCH), SCALE);
    const verify = counting(lab.url(PGBENCH), PGBENCH_TRUTH);
    for (const name of GROUPS.flat()) {
      const clients = Number(/^pgbench_n_(\d+)_/.exec(name)?.[1]);
      if (clients) add(name, { run: drive(lab.url(PGBENCH), clients, ['-N']), verify });
    }
    await lab.emptyDatabase(ROW_PER_LEG);
    const url = lab.url(ROW_PER_LEG);
    await prepareRowPerLeg(url, accounts);
    const legs = counting(url, ROW_PER_LEG_TRUTH);
    const plain = await rowPerLegArgs(join(folder, 'legs.sql'), accounts, false);
    const hot = await rowPerLegArgs(join(folder, 'legs-hot.sql'), accounts, true);
    add('row_per_leg_32', { run: drive(url, 32, plain), verify: legs });
    add('row_per_leg_hot_32', { run: drive(url, 32, hot), verify: legs });
  }
  return {
    cells,
    loadPid: load.pid,
    async beginSeries() {
      await lab.checkpoint();
      if (pgbench) await withConnection(lab.url(PGBENCH), (client) => client.query(TOUCH));
    },
    async close() {
      await load.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Drafts beyond what a second uses up on any machine; a run that had none left would end there. */
const DRAFTS_PER_S = { 32: 12_000, 1024: 25_000 } as const;

async function ledgerCells(lab: Lab, load: LoadProcess, accounts: number) {
  await lab.bankDatabase(LEDGER);
  await fillAccounts(lab.ownerUrl(LEDGER), accounts);
  await fillHolders(lab.ownerUrl(LEDGER), accounts);
  const truth = new LedgerTruth(lab.url(LEDGER));
  await truth.remember();
  const confirmed = counting(lab.url(LEDGER), CONFIRMED_TRUTH);
  let seed = 0;
  const seriesOf = (waiting: number, seconds: number) => {
    seed += 1;
    return { url: lab.appUrl(LEDGER), waiting, seconds, accounts, seed };
  };
  const ledger = ({ waiting, isHot = false }: { waiting: number; isHot?: boolean }) => ({
    run: (seconds: number, marks: Marks): Promise<Rate> =>
      load.run({ ...seriesOf(waiting, seconds), work: 'service', isHot }, marks),
    verify: (rate: Rate) => truth.check(isHot ? 'hot' : `ledger ${waiting}`, rate.committed),
  });
  const confirm = (waiting: keyof typeof DRAFTS_PER_S) => ({
    prepare: (seconds: number) =>
      topUpDrafts(
        lab.ownerUrl(LEDGER),
        accounts,
        Math.ceil(DRAFTS_PER_S[waiting] * (WARMING_S + seconds)),
      ),
    run: (seconds: number, marks: Marks): Promise<Rate> =>
      load.run({ ...seriesOf(waiting, seconds), work: 'confirm', isHot: false }, marks),
    verify: async (rate: Rate) => {
      await truth.check(`confirm ${waiting}`, rate.committed);
      await confirmed(rate);
    },
  });
  return { ledger, confirm };
}

async function ormCell(lab: Lab, load: LoadProcess, accounts: number): Promise<Omit<Cell, 'name'>> {
  await lab.emptyDatabase(ORM);
  await prepareOrm(lab.url(ORM), accounts);
  let seed = 1_000_000;
  return {
    run: (seconds, marks) => {
      seed += 1;
      const series = { work: 'orm', url: lab.url(ORM), waiting: 32, isHot: false } as const;
      return load.run({ ...series, seconds, accounts, seed }, marks);
    },
    verify: counting(lab.url(ORM), ORM_TRUTH),
  };
}

/** Each run must have added as many commits as it says, whichever cell of the database ran. */
function counting(url: string, sql: string): Cell['verify'] {
  let before = 0;
  return async ({ committed }) => {
    const now = await committedAndRight(url, new URL(url).pathname, sql);
    const found = now - before;
    before = now;
    if (found !== committed)
      throw new Error(`${sql}\n${found} are there, ${committed} were acknowledged.`);
  };
}
