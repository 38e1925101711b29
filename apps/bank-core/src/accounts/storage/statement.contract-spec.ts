import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { CivilDate } from '#libs/kernel';
import { Database, enterInstitution, type Transaction } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import type { LedgerOrder, PostOrder } from '../domain/ledger-order.js';
import { postMany } from './order.store.pg.js';
import { statementsOf } from './posting.store.pg.js';
import { balancesAtEndOf, statement } from './statement.store.pg.js';

const MON = CivilDate.from('2026-11-16');
const [TUE, WED] = [MON.plusDays(1), MON.plusDays(2)];
const [CASH, TARO] = [1n, 101n];

const move = (key: string, on: CivilDate, amountYen: bigint, ediText?: string): PostOrder => {
  const [debitAccount, creditAccount] = amountYen < 0n ? [TARO, CASH] : [CASH, TARO];
  const yen = amountYen < 0n ? -amountYen : amountYen;
  const texts = { debitText: `${key} out`, creditText: `${key} in`, ediText };
  const line = {
    operation: 'cash',
    debitAccount,
    creditAccount,
    amountYen: yen,
    valueOn: on,
  } as const;
  return { act: 'post', key, bookedOn: on, mayUseOverdraft: true, lines: [{ ...line, ...texts }] };
};
const base = (key: string, bookedOn: CivilDate) => ({ key, bookedOn, mayUseOverdraft: true });

/** What happened to one account, with what moved nothing in between. */
const LIFE: readonly LedgerOrder[] = [
  move('salary', MON, 1_000n, 'EDI 1'),
  move('too much', MON, -1_001n),
  {
    ...base('kept', MON),
    act: 'hold',
    account: TARO,
    kind: 'attachment',
    amountYen: 300n,
    text: '差押',
  },
  move('rent', TUE, -600n),
  move('not free', TUE, -200n),
  { ...base('freed', TUE), act: 'release', account: TARO, hold: 'kept', text: '差押解除' },
  move('again not enough', TUE, -401n),
  move('shopping', WED, -150n),
];

describe('statements show what moved money, and nothing else that the postings hold', () => {
  let databases: TestDatabases;
  let database: Database;

  beforeAll(async () => {
    databases = await startDatabases();
    const { ownerUrl: url } = databases.bank;
    database = new Database({ url, connectionsMax: 4, applicationName: 'spec' });
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(`insert into institution values (1, 'labour_bank');
      select set_config('renkei.institution', '1', false);
      insert into account (institution_id, id, overdraft) values (1, ${CASH}, 1000000), (1, ${TARO}, 0)`);
    await owner.end();
    const statuses: string[] = [];
    for (const order of LIFE) {
      const batch = { institutionId: 1, orders: [order], mayBeKnown: false };
      await inOne(async (tx) => {
        const [answer] = await postMany(statementsOf(tx), batch);
        statuses.push(`${order.key}: ${answer?.status}`);
      });
    }
    expect(statuses).toEqual([
      'salary: posted',
      'too much: insufficient_funds',
      'kept: posted',
      'rent: posted',
      'not free: insufficient_funds',
      'freed: posted',
      'again not enough: insufficient_funds',
      'shopping: posted',
    ]);
  });
  afterAll(async () => {
    await database.close();
    await databases.stop();
  });

  const inOne = <Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> =>
    database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      return work(tx);
    });
  const page = (of: { from?: CivilDate; to?: CivilDate; after?: bigint; limit: number }) =>
    inOne(async (tx) =>
      (await statement(tx, 1, TARO, of)).map((entry) => [
        entry.sequence,
        entry.description,
        entry.balanceAfterYen,
      ]),
    );

  test('three movements: neither refused orders nor a hold nor its end', async () => {
    expect(await page({ limit: 10 })).toEqual([
      [1n, 'salary in', 1_000n],
      [3n, 'rent out', 400n],
      [5n, 'shopping out', 250n],
    ]);
  });

  test('a page goes on after the last sequence seen, and days cut at both ends', async () => {
    expect(await page({ limit: 1, after: 1n })).toEqual([[3n, 'rent out', 400n]]);
    expect(await page({ limit: 10, from: TUE, to: TUE })).toEqual([[3n, 'rent out', 400n]]);
    expect(await page({ limit: 10, from: WED })).toEqual([[5n, 'shopping out', 250n]]);
  });

  test('an EDI text is there where one was sent', async () => {
    const entries = await inOne((tx) => statement(tx, 1, TARO, { limit: 10 }));
    expect(entries.map((entry) => 'ediText' in entry && entry.ediText)).toEqual([
      'EDI 1',
      false,
      false,
    ]);
  });

  test('the balance of a day is that of its last posting, however many orders were refused', async () => {
    const days = [MON.minusDays(1), MON, TUE, WED, WED.plusDays(9)];
    const balances = await inOne((tx) => balancesAtEndOf(tx, 1, TARO, days));
    expect(balances).toEqual([0n, 1_000n, 400n, 250n, 250n]);
  });
});
