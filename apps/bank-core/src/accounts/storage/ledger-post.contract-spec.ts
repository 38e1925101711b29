import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { Database, enterInstitution, type Transaction } from '#libs/platform';
import { startDatabases, type TestDatabases } from '#libs/testing';
import pg from 'pg';
import { decidePosting, type LineToDecide, type LoadedAccount } from '../domain/decide-posting.js';
import { postGroup } from './posting.store.pg.js';

const FREE: Omit<LoadedAccount, 'version'> = {
  balance: 1_000n,
  held: 0n,
  overdraft: 0n,
  closed: false,
  debitStopped: false,
  creditStopped: false,
};
/** Every state in which an account can meet a posting; `undefined` is an account that does not exist. */
const STATES: readonly (Partial<LoadedAccount> | undefined)[] = [
  undefined,
  {},
  { closed: true },
  { debitStopped: true },
  { creditStopped: true },
  { held: 400n },
  { overdraft: 500n },
  { balance: -200n, overdraft: 500n },
];

/** One yen, exactly what the debited account may give, and one yen more. */
function amountsFor(debit: Partial<LoadedAccount> | undefined): readonly bigint[] {
  const { balance, held, overdraft } = { ...FREE, ...debit };
  const free = balance - held + overdraft;
  return [1n, free, free + 1n];
}

/** The generated table of cases: one line, then amount with a fee, each state against each state. */
function* cases(): Generator<readonly [typeof STATES, readonly LineToDecide[]]> {
  for (const debit of STATES) {
    for (const credit of STATES) {
      for (const amountYen of amountsFor(debit)) {
        const line = { debitAccount: 101n, creditAccount: 102n, amountYen };
        yield [[debit, credit, {}], [line]];
        yield [
          [debit, credit, {}],
          [line, { ...line, creditAccount: 103n, amountYen: 1n }],
        ];
        yield [
          [debit, credit, {}],
          [line, { debitAccount: 102n, creditAccount: 103n, amountYen: 1_000n }],
        ];
      }
    }
  }
}

describe('one table of cases through the library and through ledger_post', () => {
  let databases: TestDatabases;
  let database: Database;
  let owner: pg.Client;

  beforeAll(async () => {
    databases = await startDatabases();
    database = new Database({
      url: databases.bank.ownerUrl,
      connectionsMax: 4,
      applicationName: 'spec',
    });
    owner = new pg.Client({ connectionString: databases.bank.ownerUrl });
    await owner.connect();
    await owner.query(`insert into institution values (1, 'labour_bank')`);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await owner.end();
    await databases.stop();
  });

  /** Inserts those that exist, in one statement, and answers them as the ledger will load them. */
  async function insert(
    tx: Transaction,
    states: ReadonlyMap<bigint, Partial<LoadedAccount> | undefined>,
  ): Promise<Map<bigint, LoadedAccount>> {
    const accounts = new Map<bigint, LoadedAccount>();
    for (const [id, state] of states) {
      if (state) accounts.set(id, { ...FREE, ...state, version: 0n });
    }
    const column = <T>(pick: (account: LoadedAccount) => T) => [...accounts.values()].map(pick);
    await tx.query(
      `insert into account (institution_id, id, balance, held, overdraft, closed, debit_stopped, credit_stopped)
       select 1, * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[],
         $6::boolean[], $7::boolean[])`,
      [
        [...accounts.keys()],
        column(({ balance }) => balance),
        column(({ held }) => held),
        column(({ overdraft }) => overdraft),
        column(({ closed }) => closed),
        column(({ debitStopped }) => debitStopped),
        column(({ creditStopped }) => creditStopped),
      ],
    );
    return accounts;
  }

  test('0 differences: same answer, same sequences, same balances after', async () => {
    class Undo extends Error {}
    const on = CivilDate.from('2026-11-22');
    let compared = 0;
    for (const [states, lines] of cases()) {
      await database
        .transaction(async (tx) => {
          await enterInstitution(tx, 1);
          const accounts = await insert(
            tx,
            new Map(states.map((state, index) => [101n + BigInt(index), state])),
          );
          const expected = decidePosting(accounts, lines);
          const answer = await postGroup(tx, {
            institutionId: 1,
            bookedOn: on,
            postedAt: on.startsAt(),
            lines: lines.map((line, index) => ({
              ...line,
              key: `case/${index}`,
              operation: 'transfer',
              debitText: '',
              creditText: '',
            })),
          });
          expect(answer.ok ? 'posted' : answer.refusal.code).toBe(
            expected.ok ? 'posted' : expected.refusal.code,
          );
          expect(
            await tx.query(
              `select debit_account as "debitAccount", credit_account as "creditAccount", amount as "amountYen",
                 debit_seq as "debitSeq", debit_balance as "debitBalance", credit_seq as "creditSeq",
                 credit_balance as "creditBalance"
               from posting where institution_id = 1 order by id`,
            ),
          ).toEqual(expected.ok ? expected.value : []);
          compared += 1;
          throw new Undo();
        })
        .catch((error: unknown) => {
          if (!(error instanceof Undo)) throw error;
        });
    }
    expect(compared).toBe(STATES.length * STATES.length * 3 * 3);
  }, 120_000);

  test('another institution cannot be posted to, whatever the rights (T-20)', async () => {
    const attempt = database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      const on = CivilDate.from('2026-11-22');
      return postGroup(tx, { institutionId: 2, bookedOn: on, postedAt: 0, lines: [] });
    });
    await expect(attempt).rejects.toThrow('not the one of this transaction');
  });

  test('the same key is never posted twice, and postings cannot be rewritten', async () => {
    const on = CivilDate.from('2026-11-22');
    const post = (key: string) =>
      database.transaction(async (tx) => {
        await enterInstitution(tx, 1);
        const line = {
          key,
          operation: 'transfer',
          debitAccount: 201n,
          creditAccount: 202n,
          amountYen: 1n,
          debitText: '',
          creditText: '',
        } as const;
        return postGroup(tx, { institutionId: 1, bookedOn: on, postedAt: 0, lines: [line] });
      });
    await database.transaction(async (tx) => {
      await enterInstitution(tx, 1);
      await insert(
        tx,
        new Map([
          [201n, {}],
          [202n, {}],
        ]),
      );
    });
    expect(await post('once')).toMatchObject({ ok: true });
    await expect(post('once')).rejects.toThrow('posting_institution_id_key_key');
    await owner.query(`select set_config('renkei.institution', '1', false)`);
    for (const sql of [
      'update posting set amount = 2',
      'delete from posting',
      'truncate posting',
    ]) {
      await expect(owner.query(sql)).rejects.toThrow('append-only');
    }
  });

  test('a booking date never goes backwards, also for a receipt just before midnight', async () => {
    const at = async (day: string, key: string) => {
      const on = CivilDate.from(day);
      await database.transaction(async (tx) => {
        await enterInstitution(tx, 1);
        await postGroup(tx, {
          institutionId: 1,
          bookedOn: on,
          postedAt: on.startsAt(),
          lines: [
            {
              key,
              operation: 'transfer',
              debitAccount: 201n,
              creditAccount: 202n,
              amountYen: 1n,
              debitText: '',
              creditText: '',
            },
          ],
        });
      });
    };
    await at('2026-11-23', 'after midnight');
    await at('2026-11-22', 'received before it');
    await owner.query(`select set_config('renkei.institution', '1', false)`);
    const { rows } = await owner.query(
      `select booked_on::text, value_on::text from posting where key = 'received before it'`,
    );
    expect(rows).toEqual([{ booked_on: '2026-11-23', value_on: '2026-11-22' }]);
  });
});
