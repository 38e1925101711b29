import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { CivilDate } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { rowsVisited, startDatabases, type TestDatabases } from '#libs/testing';
import type { StatementQuery } from '../domain/posting.js';
import { balancesAtEndOf, incomingTransfers, statement } from './statement.store.pg.js';
import { BothLedgers } from './test/both-ledgers.js';
import { EPSPS } from './test/ledger-cases.js';
import { legsOf, lastBalance, pageOf } from './test/naive-statement.js';
import { TODAY } from './test/order-builders.js';
import { accountsOfSequence, Dice, OrderSequence } from './test/order-sequence.js';
import { fillLongAccount } from './test/long-account.js';

const SEEDS = [11, 12];
const ORDERS = 400;
const QUESTIONS = 40;

describe('pages and balances of days, found by probes', () => {
  let databases: TestDatabases;
  let database: Database;
  let app: pg.Client;
  let owner: pg.Client;
  let institutions = 0;

  beforeAll(async () => {
    databases = await startDatabases();
    const { appUrl, ownerUrl } = databases.bank;
    database = new Database({ url: appUrl, connectionsMax: 4, applicationName: 'spec' });
    [app, owner] = [appUrl, ownerUrl].map((url) => new pg.Client({ connectionString: url })) as [
      pg.Client,
      pg.Client,
    ];
    await Promise.all([app.connect(), owner.connect()]);
    for (const epspId of EPSPS) {
      const values = `($1, '', '', '', '', '', '', 'active')`;
      await owner.query(`insert into federation.intermediary values ${values}`, [epspId]);
    }
  });
  afterAll(async () => {
    await Promise.all([app.end(), owner.end(), database.close()]);
    await databases.stop();
  });

  /** Some weeks of orders in each other's way, refusals, holds and their ends among them. */
  async function history(seed: number): Promise<BothLedgers> {
    institutions += 1;
    const both = await BothLedgers.found(institutions, app, owner);
    await both.open(accountsOfSequence());
    const dice = new Dice(seed);
    let day = TODAY;
    for (const batch of new OrderSequence(seed).batches(ORDERS)) {
      if (dice.chance(50)) day = day.plusDays(1 + dice.roll(3));
      // At times an order of a day that is over already for its accounts.
      const bookedOn = dice.chance(15) ? day.minusDays(2) : day;
      const orders = batch.orders.map((order) => ({ ...order, bookedOn }));
      await both.place(orders, { at: batch.at, mayBeKnown: batch.mayBeKnown });
    }
    expect(both.differences).toEqual([]);
    return both;
  }

  function anyQuery(dice: Dice, days: number, legs: number): StatementQuery {
    const anyDay = (): CivilDate => TODAY.plusDays(dice.roll(days + 4) - 2);
    return {
      ...(dice.chance(70) ? { from: anyDay() } : {}),
      ...(dice.chance(70) ? { to: anyDay() } : {}),
      ...(dice.chance(50) ? { after: BigInt(dice.roll(legs + 4)) } : {}),
      limit: dice.chance(20) ? 1 : 1 + dice.roll(30),
    };
  }

  test.each(SEEDS)('the same as the naive answers from the model, seed %i', async (seed) => {
    const both = await history(seed);
    const institution = institutions;
    const dice = new Dice(seed + 1_000);
    const days = both.postings.reduce(
      (most, { bookedOn }) => Math.max(most, bookedOn.dayNumber - TODAY.dayNumber),
      0,
    );
    const counts = { full: 0, cut: 0, oneLegged: 0 };
    for (const account of accountsOfSequence().keys()) {
      const legs = legsOf(both.postings, account);
      counts.oneLegged += legs.filter(({ moved }) => !moved).length;
      for (let nth = 0; nth < QUESTIONS; nth += 1) {
        const query = anyQuery(dice, days, legs.length);
        const expected = pageOf(legs, query);
        const incoming = pageOf(legs, query, ['transfer', 'book_transfer']);
        const dates = [0, 1, 2].map(() => TODAY.plusDays(dice.roll(days + 4) - 2));
        const found = await database.readInInstitution(institution, (tx) =>
          Promise.all([
            statement(tx, institution, account, query),
            incomingTransfers(tx, institution, account, query),
            balancesAtEndOf(tx, institution, account, dates),
          ]),
        );
        const places = found.slice(0, 2).map((page) => (page as (typeof found)[0]).map(placeOf));
        expect({ query, places }).toEqual({ query, places: [expected, incoming] });
        expect({ dates, ends: found[2] }).toEqual({
          dates,
          ends: dates.map((date) => lastBalance(legs, date)),
        });
        counts[expected.length === query.limit ? 'full' : 'cut'] += 1;
      }
    }
    expect(days).toBeGreaterThan(10);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(10);
  });

  describe('an account of 20,000 legs over 200 days', () => {
    const [LEGS, DAYS, ACCOUNT] = [20_000, 200, 7n];
    const first = TODAY.minusDays(DAYS - 1);
    let institution: number;

    beforeAll(async () => {
      institutions += 1;
      institution = institutions;
      await fillLongAccount(owner, {
        institution,
        account: ACCOUNT,
        legs: LEGS,
        first,
        days: DAYS,
      });
      await app.query(`select set_config('renkei.institution', $1, false)`, [String(institution)]);
    });

    const questions: Readonly<Record<string, (tx: Transaction) => Promise<unknown>>> = {
      'the first page of a period': (tx) =>
        statement(tx, institution, ACCOUNT, { from: first.plusDays(60), to: TODAY, limit: 20 }),
      'a page in the middle of it': (tx) =>
        statement(tx, institution, ACCOUNT, {
          from: first.plusDays(60),
          to: TODAY,
          after: 10_000n,
          limit: 20,
        }),
      'one day of long ago': (tx) => {
        const day = first.plusDays(30);
        return statement(tx, institution, ACCOUNT, { from: day, to: day, limit: 500 });
      },
      'days before all legs': (tx) =>
        statement(tx, institution, ACCOUNT, { to: first.minusDays(1), limit: 20 }),
      'a cursor far before the period': (tx) =>
        statement(tx, institution, ACCOUNT, { from: TODAY, to: TODAY, after: 1n, limit: 20 }),
      'the balances of yesterday and a month ago': (tx) =>
        balancesAtEndOf(tx, institution, ACCOUNT, [TODAY.minusDays(1), TODAY.minusDays(30)]),
    };

    describe.each(['as filled', 'after analyze'])('%s', (state) => {
      beforeAll(async () => {
        if (state === 'after analyze') await owner.query('analyze posting');
      });
      describe.each(['force_generic_plan', 'force_custom_plan'])('%s', (mode) => {
        test.each(Object.keys(questions))(
          '%s: the rows looked at follow what is answered',
          async (name) => {
            const ask = questions[name] as (tx: Transaction) => Promise<unknown>;
            await app.query(`set plan_cache_mode = ${mode}`);
            const seen: number[] = [];
            const answer = await ask({
              query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
                seen.push(await rowsVisited(app, 'posting', sql, values));
                return database.readInInstitution(institution, (tx) => tx.query<Row>(sql, values));
              },
            });
            const told = (answer as unknown[]).length;
            // Both ends of a period, or two days: four times the distance's logarithm, each with a row; a page is
            // read from both indexes.
            const probes = 4 * (Math.ceil(Math.log2(LEGS)) + 2);
            expect(seen).toHaveLength(1);
            expect(seen[0]).toBeGreaterThan(0);
            expect(seen[0]).toBeLessThanOrEqual(probes + 2 * told + 20);
          },
        );
      });
    });

    test('paging through a period tells each leg once', async () => {
      const period = { from: first.plusDays(10), to: first.plusDays(14), limit: 37 };
      const sequences: bigint[] = [];
      for (let after: bigint | undefined; ;) {
        const query: StatementQuery = { ...period, after };
        const page = await database.readInInstitution(institution, (tx) =>
          statement(tx, institution, ACCOUNT, query),
        );
        sequences.push(...page.map(({ sequence }) => sequence));
        after = page.at(-1)?.sequence;
        if (page.length < period.limit) break;
      }
      const [from, count] = [10 * (LEGS / DAYS), 5 * (LEGS / DAYS)];
      expect(sequences).toEqual(Array.from({ length: count }, (_, n) => BigInt(from + n + 1)));
    });
  });
});

const placeOf = (entry: Awaited<ReturnType<typeof statement>>[number]) => [
  entry.sequence,
  entry.direction,
  entry.amountYen,
  entry.balanceAfterYen,
  entry.bookedOn.toString(),
];
