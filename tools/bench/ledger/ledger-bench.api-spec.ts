import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { withConnection } from '../../databases/index.js';
import { fillPostings } from '../growth/fill.js';
import { sampleIsRight } from '../growth/sample-truth.js';
import { LedgerTruth } from './ledger-truth.js';
import { LoadProcess, type LoadResult } from './load.js';
import { ACCOUNTS_BEFORE, fillAccounts } from './population.js';
import type { Marks } from './rate.js';
import { storageOf } from './storage.js';

const ACCOUNTS = 60;
const ROUNDS = 4;
const nobody: Marks = { warm: () => undefined, over: () => undefined };

describe('the bench of the ledger, in small', () => {
  let databases: TestDatabases;
  let load: LoadProcess;
  let truth: LedgerTruth;

  beforeAll(async () => {
    databases = await startDatabases();
    load = new LoadProcess();
    await fillAccounts(databases.bank.ownerUrl, ACCOUNTS);
    await fillPostings(databases.bank.ownerUrl, ACCOUNTS, ROUNDS);
    truth = new LedgerTruth(databases.bank.adminUrl);
    await truth.remember();
  });
  afterAll(async () => {
    await load.close();
    await databases.stop();
  });

  const run = (work: 'service' | 'statement', isHot = false): Promise<LoadResult> =>
    load.run(
      {
        work,
        url: databases.bank.appUrl,
        waiting: 8,
        seconds: 0.2,
        accounts: ACCOUNTS,
        isHot,
        seed: 7,
      },
      nobody,
    );

  const tamper = (sql: string) =>
    withConnection(databases.bank.adminUrl, (client) => client.query(sql));

  test('the history made by sets is one that postings could have made', async () => {
    const sampled = await sampleIsRight(databases.bank.adminUrl, 'small', 1);
    expect(sampled).toBe(ACCOUNTS);
  });

  test.each([false, true])(
    'postings through the writer are counted and right; hot: %s',
    async (isHot) => {
      const { committed, committedWarm, refused } = await run('service', isHot);
      expect(committed).toBeGreaterThan(committedWarm);
      expect(refused).toBe(0);
      await truth.check('right', committed);
    },
  );

  test('pages of statements are read and change nothing', async () => {
    const { committed, refused } = await run('statement');
    expect(committed).toBeGreaterThan(0);
    expect(refused).toBe(0);
    await truth.check('untouched', 0);
  });

  test('a count that differs by one is a failure', async () => {
    const { committed } = await run('service');
    await expect(truth.check('one too many', committed + 1)).rejects.toThrow('acknowledged');
    await truth.check('right', committed);
  });

  test('what a posting takes of the disk is told by relation', async () => {
    const { bytesPerPosting, parts } = await storageOf(databases.bank.adminUrl);
    expect(bytesPerPosting).toBeGreaterThan(200);
    expect(Object.keys(parts)).toContain('posting_pkey');
  });

  const account = `where id = ${ACCOUNTS_BEFORE + 1}`;
  test.each([
    ['money from nowhere', `update account set balance = balance + 1 ${account}`, 'money_made'],
    ['a lost version', `update account set version = version - 1 ${account}`, 'unlike_history'],
    ['an uncharged limit', `update limit_use set requested = requested + 1`, 'limits_unlike'],
    ['a hold that holds nothing', `update account set held = held + 1 ${account}`, 'held_unlike'],
  ])('%s is found', async (_name, sql, fault) => {
    await truth.remember();
    await tamper(sql);
    await expect(truth.check('tampered', 0)).rejects.toThrow(fault);
  });

  test('a sample of a filled history finds a broken chain', async () => {
    await tamper(`alter table posting disable trigger user;
      update posting set debit_balance = debit_balance + 1 where debit_seq = 2;
      alter table posting enable trigger user`);
    await expect(sampleIsRight(databases.bank.adminUrl, 'small', 1)).rejects.toThrow('wrongly');
  });
});
