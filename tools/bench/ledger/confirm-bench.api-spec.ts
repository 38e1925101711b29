import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { withConnection } from '../../databases/index.js';
import { CONFIRMED_TRUTH, fillHolders, topUpDrafts } from './drafts.js';
import { committedAndRight, LedgerTruth } from './ledger-truth.js';
import { LoadProcess } from './load.js';
import { fillAccounts } from './population.js';
import type { Marks } from './rate.js';

const ACCOUNTS = 60;
const nobody: Marks = { warm: () => undefined, over: () => undefined };

describe('the bench of 確定, in small', () => {
  let databases: TestDatabases;
  let load: LoadProcess;
  let truth: LedgerTruth;

  beforeAll(async () => {
    databases = await startDatabases();
    load = new LoadProcess();
    await fillAccounts(databases.bank.ownerUrl, ACCOUNTS);
    await fillHolders(databases.bank.ownerUrl, ACCOUNTS);
    truth = new LedgerTruth(databases.bank.adminUrl);
    await truth.remember();
  });
  afterAll(async () => {
    await load.close();
    await databases.stop();
  });

  const confirm = (waiting: number) =>
    load.run(
      {
        work: 'confirm',
        url: databases.bank.appUrl,
        waiting,
        seconds: 0.2,
        accounts: ACCOUNTS,
        isHot: false,
        seed: 1,
      },
      nobody,
    );
  const confirmed = () => committedAndRight(databases.bank.adminUrl, 'confirmed', CONFIRMED_TRUTH);
  const inDatabase = async (sql: string) =>
    (await withConnection(databases.bank.adminUrl, (client) => client.query(sql))).rows as object[];

  test('drafts are confirmed through the writer of transfers, counted and right', async () => {
    await topUpDrafts(databases.bank.ownerUrl, ACCOUNTS, 20_000);
    const { committed, refused } = await confirm(40);
    expect(refused).toBe(0);
    expect(committed).toBeGreaterThan(0);
    await truth.check('confirm', committed);
    expect(await confirmed()).toBe(committed);
    const [made] = await inDatabase(
      `select count(*) filter (where status = 'ACSC') > 0 as within, count(*) filter (where status = 'ACSP') > 0
         as outside, (select count(distinct debit_account) from posting)::int > 5 as spread from transfer`,
    );
    expect(made).toEqual({ within: true, outside: true, spread: true });
  });

  test('what is left over is used first: so many drafts stand before each run', async () => {
    const open = `select count(*)::int as n from transfer where status = 'ACTC'`;
    const [before] = (await inDatabase(open)) as [{ n: number }];
    await topUpDrafts(databases.bank.ownerUrl, ACCOUNTS, before.n + 10);
    await topUpDrafts(databases.bank.ownerUrl, ACCOUNTS, 5);
    expect(await inDatabase(open)).toEqual([{ n: before.n + 10 }]);
  });

  test('a run that has no draft from the beginning measures nothing and says so', async () => {
    await inDatabase(`update transfer set status = 'EXPD' where status = 'ACTC'`);
    await expect(confirm(2)).rejects.toThrow('nothing left to do');
    await inDatabase(`delete from transfer where status = 'EXPD'`);
  });

  test.each([
    ['a transfer without its record', `delete from record where id = (select max(id) from record)`],
    [
      'a line of the outbox too few',
      `delete from clearing_outbox where id = (select max(id) from clearing_outbox)`,
    ],
    [
      'a transfer formed without a posting',
      `update transfer set confirmed_hash = 'sha256:' || repeat('0', 64)
       where id = (select max(id) from transfer where formed_at is not null)`,
    ],
  ])('%s is found', async (_name, sql) => {
    await withConnection(databases.bank.adminUrl, async (client) => {
      await client.query('begin; set local session_replication_role = replica');
      await client.query(sql);
      const { rows } = await client.query(CONFIRMED_TRUTH);
      await client.query('rollback');
      expect(rows).toMatchObject([{ wrong: true }]);
    });
    await confirmed();
  });
});
