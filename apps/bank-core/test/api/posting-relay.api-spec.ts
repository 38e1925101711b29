import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Transaction } from '#libs/platform';
import { ledgerKey, PostingBlocks, PostingRelay } from '../../src/accounts/index.js';
import { BEFORE_ALL } from '../../src/accounts/domain/posting-cursor.js';
import { isPlain } from '../../src/accounts/storage/order.store.pg.js';
import { LEAVES, postingsAfter } from '../../src/accounts/storage/posting-feed.store.pg.js';
import { InstitutionsService } from '../../src/institutions/index.js';
import { Jobs } from '../../src/platform/jobs.js';
import {
  DAY,
  ELSEWHERE,
  HERE,
  LedgerUnderTest,
  newKey,
  OPENING,
  pay,
} from './ledger-under-test.js';

describe('the relay over the postings', () => {
  let ledger: LedgerUnderTest;
  let relay: PostingRelay;
  let payee: bigint;

  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    relay = ledger.get(PostingRelay);
    payee = await ledger.account(1_000n);
  });
  afterAll(() => ledger.stop());
  beforeEach(() => ledger.relay());

  const verify = (institutionId = HERE) =>
    ledger.database.inInstitution(institutionId, (tx) =>
      ledger.get(PostingBlocks).verify(tx, institutionId),
    );
  const countRows = async (institutionId = HERE) =>
    (await ledger.admin('select 1 from posting where institution_id = $1', [institutionId])).length;
  const lastNumber = async () =>
    (
      await ledger.admin<{ number: string }>(
        'select coalesce(max(number), 0) as number from posting_block where institution_id = 1',
      )
    )[0]?.number;
  const sealedSince = async (number: string | undefined) =>
    (
      await ledger.admin<{ row_count: number }>(
        'select row_count from posting_block where institution_id = 1 and number > $1 order by number',
        [number],
      )
    ).map((block) => block.row_count);
  const pays = (count: number) =>
    Promise.all(Array.from({ length: count }, () => ledger.posted(pay(OPENING, payee, 7n))));
  /** An order that takes the short way: it has a party and a limit of one day. */
  async function plainOrder() {
    const limit = { subject: newKey(), limitYen: 1_000n, chargeYen: 7n };
    const order = pay(OPENING, payee, 7n, {
      party: { epspId: 'epsp_01j0000000000000000000test', chainPartnerId: 'none' },
      limit: { ...limit, requestedOn: DAY, designatedOn: DAY },
    });
    await ledger.admin(
      `insert into limit_use (institution_id, subject, on_date) values (1, $1, $2)`,
      [limit.subject, DAY.toString()],
    );
    expect(isPlain(order)).toBe(true);
    return order;
  }
  const allIsSealed = async () =>
    expect(await verify()).toMatchObject({ rows: await countRows(), findings: [] });

  /** A refusal's row by hand, in a transaction that stays open. */
  async function begun(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: ledger.databases.bank.adminUrl });
    await client.connect();
    await client.query('begin');
    await client.query(
      `insert into posting (id, xid, debit_account, credit_account, amount, posted_at, booked_on, value_on, operation,
         status, institution_id, line, key, hash, debit_text, credit_text, edi_text, detail)
       values (nextval('posting_id_seq'), pg_current_xact_id()::text::bigint, 1, 2, 1, renkei_now(), current_date,
         current_date, 'transfer', 'insufficient_funds', 1, 1, $1, $1, '', '', '', '')`,
      [ledgerKey(newKey())],
    );
    return client;
  }

  test('a row of an older transaction that commits later is neither skipped nor overtaken', async () => {
    const before = await lastNumber();
    const elder = await begun();
    const younger = await begun();
    await pays(2);
    await relay.run();
    expect(await sealedSince(before)).toEqual([]);
    // The younger one ends first: its row, and those of the quick ones, still wait for their elder.
    await younger.query('commit');
    await relay.run();
    expect(await sealedSince(before)).toEqual([]);
    await elder.query('commit');
    await ledger.relay();
    expect(await sealedSince(before)).toEqual([4]);
    await allIsSealed();
    await Promise.all([elder.end(), younger.end()]);
  });

  test('a lower id in a younger transaction: the order is that of the transactions', async () => {
    const before = await lastNumber();
    const reserved = await ledger.admin<{ id: string }>(`select nextval('posting_id_seq') as id`);
    const elder = await begun();
    await relay.run();
    await ledger.admin(
      `insert into posting select $1::bigint, pg_current_xact_id()::text::bigint, debit_seq, debit_balance,
         credit_seq, credit_balance, amount, posted_at, debit_account, credit_account, booked_on, value_on,
         operation, status, institution_id, line, gen_random_uuid(), hash, debit_text, credit_text, edi_text, detail
       from posting where institution_id = 1 and status = 'insufficient_funds' limit 1`,
      [reserved[0]?.id],
    );
    await elder.query('commit');
    await elder.end();
    await ledger.relay();
    expect(await sealedSince(before)).toEqual([2]);
    await allIsSealed();
  });

  test('a transaction that is rolled back leaves no hole, and an idle relay writes nothing', async () => {
    const before = await lastNumber();
    const never = await begun();
    await pays(1);
    await never.query('rollback');
    await never.end();
    await ledger.relay();
    await ledger.relay();
    expect(await sealedSince(before)).toEqual([1]);
  });

  test('other processes go on at the cursor: nothing twice, nothing skipped', async () => {
    const before = await lastNumber();
    const others = await Promise.all([ledger.another(), ledger.another()]);
    const relays = [relay, ...others.map((room) => room.get(PostingRelay))];
    for (let round = 0; round < 3; round += 1) {
      await pays(3);
      await Promise.all(relays.map((each) => each.run()));
    }
    await ledger.relay();
    const sealed = await sealedSince(before);
    expect(sealed.reduce((sum, count) => sum + count, 0)).toBe(9);
    await allIsSealed();
    await Promise.all(others.map((room) => room.close()));
  });

  test('told of one institution it looks there, and everywhere at the latest with every tenth round', async () => {
    const room = await ledger.another();
    const looked: number[] = [];
    const fresh = new PostingRelay(room.get(Jobs), room.get(InstitutionsService));
    fresh.consume({ takePage: async (institutionId) => looked.push(institutionId) < 0 });
    const here = new Set([String(HERE)]);
    for (let round = 0; round < 11; round += 1) await fresh.run(here);
    const between = Array.from({ length: 9 }, () => HERE);
    expect(looked).toEqual([HERE, ELSEWHERE, ...between, HERE, ELSEWHERE]);
    looked.length = 0;
    await fresh.run();
    expect(looked).toEqual([HERE, ELSEWHERE]);
    await room.close();
  });

  test('trouble at one institution holds up no other and is said at the end', async () => {
    const room = await ledger.another();
    const looked: number[] = [];
    const fresh = new PostingRelay(room.get(Jobs), room.get(InstitutionsService));
    fresh.consume({
      async takePage(institutionId) {
        looked.push(institutionId);
        if (institutionId === HERE) throw new Error('the disk is full');
        return false;
      },
    });
    await expect(fresh.run()).rejects.toThrow('the disk is full');
    expect(looked).toEqual([HERE, ELSEWHERE]);
    await room.close();
  });

  test('a batch says its institution once; a single posting does not notify, the next look finds it', async () => {
    const heard: string[] = [];
    const ear = new pg.Client({ connectionString: ledger.databases.bank.adminUrl });
    await ear.connect();
    ear.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await ear.query('listen posting');
    await pays(3);
    await ear.query('select 1');
    expect(heard).toEqual([String(HERE)]);
    const plain = await plainOrder();
    await ledger.posted(plain);
    await ear.query('select 1');
    expect(heard).toEqual([String(HERE)]);
    await ear.end();
    await ledger.relay();
    await allIsSealed();
  });

  test('jobs hear what the channel says, and look everywhere when the time has come', async () => {
    const jobs = new Jobs(ledger.database);
    const runs: string[][] = [];
    const wakened = new Wakened();
    jobs.every(3_600_000, {
      name: 'listener',
      channel: 'posting',
      restMs: 1,
      run: async (heard) => {
        runs.push([...heard]);
        wakened.tell();
      },
    });
    jobs.onApplicationBootstrap();
    await wakened.until(() => runs.length === 1);
    while (runs.length < 2) await ledger.admin(`select pg_notify('posting', '1')`);
    await jobs.onModuleDestroy();
    expect(runs[0]).toEqual([]);
    expect(runs[1]).toEqual(['1']);
  });

  test('a consumer far behind catches up page by page, led to its place by the index on xid', async () => {
    const before = await lastNumber();
    await ledger.tamper(`insert into posting (id, xid, debit_account, credit_account, amount, posted_at, booked_on,
        value_on, operation, status, institution_id, line, key, hash, debit_text, credit_text, edi_text, detail)
      select nextval('posting_id_seq'), pg_current_xact_id()::text::bigint, 1, 2, 1, renkei_now(), current_date,
        current_date, 'transfer', 'insufficient_funds', 1, 1, gen_random_uuid(), gen_random_uuid(),
        repeat('x', 500), '', '', ''
      from generate_series(1, 20000)`);
    await pays(1);
    await ledger.relay();
    const sealed = await sealedSince(before);
    expect(sealed).toEqual([4_096, 4_096, 4_096, 4_096, 20_001 - 4 * 4_096]);
    await allIsSealed();

    await ledger.admin(`select brin_summarize_new_values('posting_by_xid')`);
    await ledger.admin('analyze posting');
    const { xid } = await ledger.database.inInstitution(HERE, async (tx) => {
      const [row] = await tx.query<{ xid: bigint }>('select max(xid) as xid from posting');
      return { xid: row?.xid ?? 0n };
    });
    const plans: string[] = [];
    await ledger.database.inInstitution(HERE, (tx) =>
      postingsAfter(explained(tx, plans), HERE, { xid: xid - 1n, id: 0n }, LEAVES, 100),
    );
    expect(plans[0]).toContain('posting_by_xid');
  });

  test('a cursor ahead of the database is a loud end, not a silent gap', async () => {
    const far = { xid: 1_000_000_000_000n, id: 1n };
    const read = (cursor: typeof far) =>
      ledger.database.inInstitution(HERE, (tx) => postingsAfter(tx, HERE, cursor, LEAVES, 10));
    await expect(read(far)).rejects.toThrow(/ahead of the database/);
    expect((await read(BEFORE_ALL)).rows).toHaveLength(10);
  });
});

/** Runs each statement on the postings as it is, and keeps its plan. */
const explained = (tx: Transaction, plans: string[]): Transaction => ({
  async query<Row extends object>(sql: string, values: readonly unknown[] = []) {
    if (sql.includes('from posting')) {
      const plan = await tx.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, values);
      plans.push(plan.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return tx.query<Row>(sql, values);
  },
});

/** Lets a test wait for something that is told. */
class Wakened {
  private readonly waiting = new Set<() => void>();

  tell(): void {
    for (const look of this.waiting) look();
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}
