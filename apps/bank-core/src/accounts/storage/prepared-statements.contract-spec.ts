import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import pg from 'pg';
import { postMany } from './order.store.pg.js';
import { statementsOf } from './posting.store.pg.js';

const BALANCE = 'select balance from account where institution_id = $1 limit 1';
const DAY = CivilDate.of(2026, 11, 2);
const LINE = {
  operation: 'transfer',
  amountYen: 1n,
  valueOn: DAY,
  debitText: '',
  creditText: '',
} as const;
const ROWS = 'select count(*) as n from account where institution_id = $1';

describe('statements of a server on its connections', () => {
  let databases: TestDatabases;
  let database: Database;

  beforeAll(async () => {
    databases = await startDatabases();
    const owner = new pg.Client({ connectionString: databases.bank.ownerUrl });
    await owner.connect();
    await owner.query(`insert into institution values (1, 'labour_bank'), (2, 'labour_bank');
      select set_config('renkei.institution', '1', false);
      insert into account (institution_id, id, overdraft) values (1, 1, 0)`);
    await owner.end();
    const url = databases.bank.appUrl;
    database = new Database({ url, connectionsMax: 4, applicationName: 'prepared statements' });
  });
  afterAll(async () => {
    await database.close();
    await databases.stop();
  });

  const prepared = () =>
    database.inInstitution(1, async (tx) => {
      await tx.query(BALANCE, [1]);
      await tx.query(BALANCE, [2]);
      return tx.query<{ statement: string }>('select statement from pg_prepared_statements');
    });

  test('one that comes again is planned as the one before', async () => {
    const texts = (await prepared()).map(({ statement }) => statement);
    expect(texts.filter((text) => text === BALANCE)).toHaveLength(1);
  });

  test('T-20 one that was prepared for one institution shows another nothing of it', async () => {
    const seen = async (entered: number, asked: number) => {
      const [row] = await database.inInstitution(entered, (tx) =>
        tx.query<{ n: bigint }>(ROWS, [asked]),
      );
      return row?.n;
    };
    // Often enough that PostgreSQL takes the plan that knows no values.
    for (let nth = 0; nth < 8; nth += 1) expect(await seen(1, 1)).toBe(1n);
    expect(await seen(2, 1)).toBe(0n);
    expect(await seen(1, 1)).toBe(1n);
  });

  test('T-20 a reading connection stands in the institution that was named last, whatever failed', async () => {
    // Four connections in all: one of them reads.
    const seen = (entered: number, asked: number) =>
      database.readInInstitution(entered, async (tx) => {
        const [first, second] = await Promise.all([
          tx.query<{ n: bigint }>(ROWS, [asked]),
          tx.query<{ n: bigint }>(ROWS, [asked]),
        ]);
        return [first[0]?.n, second[0]?.n];
      });
    expect(await seen(1, 1)).toEqual([1n, 1n]);
    expect(await seen(2, 1)).toEqual([0n, 0n]);
    await expect(
      database.readInInstitution(1, (tx) => tx.query('select 1 / 0 from account')),
    ).rejects.toThrow('division by zero');
    expect(await seen(2, 1)).toEqual([0n, 0n]);
    expect(await seen(1, 1)).toEqual([1n, 1n]);
  });

  test('a reading connection writes nothing', async () => {
    await expect(
      database.readInInstitution(1, (tx) =>
        tx.query('update account set overdraft = 1 where institution_id = $1', [1]),
      ),
    ).rejects.toThrow('read-only transaction');
  });

  test('T-20 a statement that comes with the entry into the institution is inside it, and fails with it', async () => {
    const both = await database.inInstitution(1, (tx) =>
      Promise.all([tx.query<{ n: bigint }>(ROWS, [1]), tx.query<{ n: bigint }>(ROWS, [2])]),
    );
    expect(both.map(([row]) => row?.n)).toEqual([1n, 0n]);
    await expect(
      database.inInstitution(1, (tx) =>
        Promise.all([tx.query('select 1 / 0 from account'), tx.query(ROWS, [1])]),
      ),
    ).rejects.toThrow('division by zero');
    const [row] = await database.inInstitution(1, (tx) => tx.query<{ n: bigint }>(ROWS, [1]));
    expect(row?.n).toBe(1n);
  });

  test('a commit of what has failed is no commit', async () => {
    await expect(
      database.inInstitution(1, async (tx) => {
        await tx.query('select 1 / 0 from account').catch(() => undefined);
        return 'done';
      }),
    ).rejects.toThrow('ended with ROLLBACK');
  });

  test('nothing is asked through a transaction that has ended', async () => {
    let kept: Transaction | undefined;
    await database.inInstitution(1, (tx) => {
      kept = tx;
      return tx.query(BALANCE, [1]);
    });
    await expect(kept?.query(BALANCE, [1])).rejects.toThrow('has ended');
  });

  test('a warning that the server raises for another reason leaves the connection alone', async () => {
    const asked = (statement: string) =>
      database.transaction(async (tx) => {
        await tx.query(statement);
        return tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      });
    const warned = await asked(
      `do $$ begin raise warning 'vacuum me' using errcode = '01000'; end $$`,
    );
    expect(await asked('select 1')).toEqual(warned);
  });

  test('a statement that was given up ends on the server as well, with its locks', async () => {
    const pool = database.reserve(1, 200);
    const statement = 'select pg_advisory_lock(4711), pg_sleep(3600)';
    await expect(pool.query(statement)).rejects.toThrow('Query read timeout');
    // Granted when the other one has ended.
    await database.transaction((tx) => tx.query('select pg_advisory_xact_lock(4711)'));
  });

  test('the ledger is not asked by a statement that has lost its transaction', async () => {
    const alone: Transaction = {
      query: async (sql, values) => (await database.pool.query(sql, values as unknown[])).rows,
    };
    const lines = [{ ...LINE, debitAccount: 1n, creditAccount: 2n }];
    const order = {
      act: 'post',
      key: 'alone',
      bookedOn: DAY,
      mayUseOverdraft: true,
      lines,
    } as const;
    const batch = { institutionId: 1, orders: [order], mayBeKnown: false };
    await expect(postMany(statementsOf(alone), batch)).rejects.toThrow(
      'outside of its institution',
    );
    const [answer] = await database.inInstitution(1, (tx) => postMany(statementsOf(tx), batch));
    expect(answer?.status).toBe('payee_account_unknown');
  });

  test('a number that no row can hold is an unknown account, stored like every other refusal', async () => {
    const far = 2n ** 31n;
    const place = (key: string, debitAccount: bigint, creditAccount: bigint) => {
      const lines = [{ ...LINE, debitAccount, creditAccount }];
      const order = { act: 'post', key, bookedOn: DAY, mayUseOverdraft: true, lines } as const;
      return database.inInstitution(1, async (tx) => {
        const batch = { institutionId: 1, orders: [order], mayBeKnown: true };
        return (await postMany(statementsOf(tx), batch))[0]?.status;
      });
    };
    for (const _ of ['first', 'again']) {
      expect(await place('far debit', far, 1n)).toBe('debit_account_unknown');
      expect(await place('far credit', 1n, far)).toBe('payee_account_unknown');
      expect(await place('both far', far, far + 1n)).toBe('debit_account_unknown');
    }
  });
});
