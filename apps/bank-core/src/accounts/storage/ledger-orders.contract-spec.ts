import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Instant } from '#libs/kernel';
import { startDatabases, type TestDatabases } from '#libs/testing';
import pg from 'pg';
import { LedgerModel, type CallerRefusal } from '../domain/ledger-model.js';
import { LEDGER_STATUSES, type LedgerOrder, type LedgerStatus } from '../domain/ledger-order.js';
import { BothLedgers } from './test/both-ledgers.js';
import * as tables from './test/ledger-cases.js';
import type { LedgerCase } from './test/ledger-cases.js';
import { stepAt } from './test/order-builders.js';
import { accountsOfSequence, Dice, OrderSequence } from './test/order-sequence.js';

const TABLES = {
  'payments: each state against each, at the edge': tables.payments,
  'holds: each kind in each state, each way to end it': tables.holds,
  'closing, unknown holds, lines that can never be posted': tables.endings,
  'corrections of what can and cannot be corrected': tables.corrections,
  'SM-5.3-1b both bases at the edge': tables.limits,
  'stopped links, replays, reused keys, what the caller refuses': tables.links,
} as const;
const SEEDS = [1, 2, 3, 4, 5, 6];
const ORDERS_PER_SEED = 300;
const BATCH = 250;

/** The orders of each step in one list, with what their callers refuse. */
function* stepsOf(cases: readonly LedgerCase[]) {
  const length = Math.max(...cases.map(({ steps }) => steps.length));
  for (let step = 0; step < length; step += 1) {
    const taking = cases.filter(({ steps }) => step < steps.length);
    const orders = taking.flatMap(({ steps }) => steps.slice(step, step + 1));
    yield { at: stepAt(step), orders, callers: taking.map(({ caller }) => caller) };
  }
}

interface Item {
  readonly order: LedgerOrder;
  readonly caller: CallerRefusal | undefined;
}

function* batchesOf(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH);
}

const inOneCall = (items: readonly Item[], at: Instant) =>
  [items.map(({ order }) => order), { at, callers: items.map(({ caller }) => caller) }] as const;

/** Without the last column, the booking date: it is the batch's. */
const withoutDate = (rows: readonly string[]) =>
  rows.map((row) => row.slice(0, row.lastIndexOf('|')));

describe('one table of orders through the model and through SQL', () => {
  let databases: TestDatabases;
  let app: pg.Client;
  let owner: pg.Client;
  let institutions = 0;

  beforeAll(async () => {
    databases = await startDatabases();
    app = new pg.Client({ connectionString: databases.bank.appUrl });
    owner = new pg.Client({ connectionString: databases.bank.ownerUrl });
    await Promise.all([app.connect(), owner.connect()]);
    for (const epspId of tables.EPSPS) {
      await owner.query(
        `insert into federation.intermediary values ($1, '', '', '', '', '', '', 'active')`,
        [epspId],
      );
    }
  });
  afterAll(async () => {
    await Promise.all([app.end(), owner.end()]);
    await databases.stop();
  });

  async function found(accounts: LedgerCase['accounts']): Promise<BothLedgers> {
    institutions += 1;
    const both = await BothLedgers.found(institutions, app, owner);
    await both.open(accounts);
    await both.stopLinks(tables.STOPS);
    return both;
  }

  /** No difference to the model, and none between one batch of n and n batches of one. */
  async function expectTheSame(together: BothLedgers, alone: BothLedgers): Promise<void> {
    for (const both of [together, alone]) {
      await both.compareState();
      expect(both.differences.slice(0, 10)).toEqual([]);
      expect(both.differences).toHaveLength(0);
    }
    const [one, other] = [await together.dump(), await alone.dump()];
    expect(withoutDate(one.postings)).toEqual(withoutDate(other.postings));
    expect(withoutDate(one.accounts)).toEqual(withoutDate(other.accounts));
    for (const table of ['holds', 'limits', 'corrections'] as const) {
      expect(one[table]).toEqual(other[table]);
    }
  }

  test.each(Object.entries(TABLES))('0 differences: %s', async (_, table) => {
    const cases = [...table()];
    const accounts = new Map(cases.flatMap((one) => [...one.accounts]));
    const [together, alone] = [await found(accounts), await found(accounts)];
    for (const { at, orders, callers } of stepsOf(cases)) {
      for (const batch of batchesOf(
        orders.map((order, index) => ({ order, caller: callers[index] })),
      )) {
        await together.place(...inOneCall(batch, at));
      }
      for (const [index, order] of orders.entries()) {
        await alone.place([order], { at, callers: [callers[index]] });
      }
    }
    expect(alone.answersCompared).toBe(cases.reduce((sum, { steps }) => sum + steps.length, 0));
    await expectTheSame(together, alone);
  });

  test('0 differences: all steps of a case in one call, each sees what the earlier ones did', async () => {
    const cases = Object.values(TABLES).flatMap((table) => [...table()]);
    const several = cases.filter(
      ({ steps }) => steps.length > 1 && new Set(steps.map(({ key }) => key)).size === steps.length,
    );
    const both = await found(new Map(several.flatMap((one) => [...one.accounts])));
    const items = several.flatMap(({ steps, caller }) => steps.map((order) => ({ order, caller })));
    for (const batch of batchesOf(items)) await both.place(...inOneCall(batch, stepAt(1)));
    await both.compareState();
    expect(both.answersCompared).toBeGreaterThan(2_000);
    expect(both.differences).toEqual([]);
  });

  test('0 differences: the short way posts what the model posts, and nothing else', async () => {
    const cases = [...tables.plainPayments()];
    const both = await found(new Map(cases.flatMap((one) => [...one.accounts])));
    for (const { at, orders } of stepsOf(cases)) {
      for (const order of orders) await both.placeShortly(order, at);
    }
    await both.compareState();
    expect(both.differences).toEqual([]);
    // Every order that is new, posted and meets its day's row: the first of a subject makes the row.
    expect(both.shortWays).toBeGreaterThan(50);
  });

  test.each(SEEDS)('0 differences: a random sequence of orders, seed %i', async (seed) => {
    const [together, alone] = [
      await found(accountsOfSequence()),
      await found(accountsOfSequence()),
    ];
    const dice = new Dice(seed);
    for (const { at, orders, mayBeKnown } of new OrderSequence(seed).batches(ORDERS_PER_SEED)) {
      const [order] = orders;
      if (orders.length === 1 && order && dice.chance(80)) {
        await together.placeShortly(order, at);
      } else {
        await together.place(orders, { at, mayBeKnown });
      }
      for (const one of orders) await alone.place([one], { at });
      await together.compareState();
      expect(together.differences).toEqual([]);
    }
    await expectTheSame(together, alone);
  });

  test('every status is an answer of the tables', () => {
    const seen = new Set<LedgerStatus>();
    for (const table of Object.values(TABLES)) {
      const cases = [...table()];
      const model = new LedgerModel();
      for (const { accounts } of cases) {
        for (const [id, differing] of accounts) model.open(id, differing);
      }
      model.state.linkStops.push(...tables.STOPS);
      for (const { at, orders, callers } of stepsOf(cases)) {
        for (const { answer } of model.placeBatch(orders, at, callers)) seen.add(answer.status);
      }
    }
    expect([...seen].sort()).toEqual([...LEDGER_STATUSES].sort());
  });
});
