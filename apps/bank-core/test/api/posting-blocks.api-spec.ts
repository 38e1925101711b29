import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PostingBlocks } from '../../src/accounts/index.js';
import {
  HERE,
  LedgerUnderTest,
  line,
  OPENING,
  pay,
  post,
  release,
  hold,
} from './ledger-under-test.js';

const LAST = '(select max(id) from posting where institution_id = 1)';

describe('the blocks over the postings', () => {
  let ledger: LedgerUnderTest;
  let blocks: PostingBlocks;
  let payee: bigint;

  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    blocks = ledger.get(PostingBlocks);
    payee = await ledger.account(1_000n);
  });
  afterAll(() => ledger.stop());
  beforeEach(() => ledger.relay());

  const verify = (witness?: { number: bigint; hash: string }) =>
    ledger.database.inInstitution(HERE, (tx) => blocks.verify(tx, HERE, witness));
  const head = () => ledger.database.inInstitution(HERE, (tx) => blocks.head(tx, HERE));
  /** Three postings in a block of their own, and its number. */
  async function sealed(): Promise<bigint> {
    await Promise.all([1n, 2n, 3n].map((yen) => ledger.posted(pay(OPENING, payee, yen))));
    await ledger.relay();
    return (await head()).number;
  }

  test('a block says how many rows it seals and what they moved: refusals and holds move nothing', async () => {
    const { number } = await head();
    await ledger.posted(post([line(OPENING, payee, 30n), line(OPENING, payee, 4n)]));
    expect(await ledger.status(pay(payee, OPENING, 1_000_000n))).toBe('insufficient_funds');
    await ledger.posted(release(payee, await ledger.posted(hold(payee, 'attachment', 9n))));
    await ledger.relay();
    expect(
      await ledger.admin(
        'select row_count, moved from posting_block where institution_id = 1 and number > $1',
        [number],
      ),
    ).toEqual([{ row_count: 5, moved: '34' }]);
    expect((await verify()).findings).toEqual([]);
  });

  test('anyone can compute a leaf again from the row: the texts escaped, the time in microseconds', async () => {
    const order = post([
      {
        ...line(OPENING, payee, 5n),
        ediText: `"引用"\\ 
<&>`,
      },
    ]);
    await ledger.posted(order);
    expect(await ledger.status(pay(payee, OPENING, 1_000_000n))).toBe('insufficient_funds');
    const rows = await ledger.admin<{ leaf: Buffer; columns: (string | null)[] }>(
      `select posting_leaf(p) as leaf, array[institution_id::text, xid::text, id::text, key::text, line::text,
         hash::text, operation::text, status::text, detail, debit_account::text, debit_seq::text, debit_balance::text,
         credit_account::text, credit_seq::text, credit_balance::text, amount::text,
         (extract(epoch from posted_at) * 1000000)::bigint::text, to_char(booked_on, 'YYYY-MM-DD'),
         to_char(value_on, 'YYYY-MM-DD'), debit_text, credit_text, edi_text] as columns
       from posting p where institution_id = 1`,
    );
    const NUMBERS = new Set([0, 1, 2, 4, 9, 10, 11, 12, 13, 14, 15, 16]);
    expect(rows.length).toBeGreaterThan(3);
    for (const { leaf, columns } of rows) {
      const values = columns.map((value, place) =>
        value === null || NUMBERS.has(place) ? String(value) : JSON.stringify(value),
      );
      const again = createHash('sha256')
        .update('\0')
        .update(`[${values.join(', ')}]`)
        .digest('hex');
      expect(leaf.toString('hex')).toBe(again);
    }
  });

  test.each([
    ['a flipped amount', 'amount = amount + 1', ['sum_differs', 'root_differs']],
    ['another balance', 'debit_balance = debit_balance - 1', ['root_differs']],
    ['another payee', 'credit_account = credit_account + 1', ['root_differs']],
    ['another text', `credit_text = '振込 ﾀﾞﾚｶ'`, ['root_differs']],
    ['another day', 'booked_on = booked_on - 1', ['root_differs']],
    ['another time', `posted_at = posted_at + interval '1 microsecond'`, ['root_differs']],
    ['another key', 'key = gen_random_uuid()', ['root_differs']],
  ])('%s shows', async (_what, change, faults) => {
    const number = await sealed();
    const row = `institution_id = 1 and id = ${LAST}`;
    await ledger.tamper(`create table kept as select * from posting where ${row};
      update posting set ${change} where ${row}`);
    expect((await verify()).findings).toEqual(faults.map((fault) => ({ number, fault })));
    await ledger.tamper(`delete from posting where ${row};
      insert into posting select * from kept; drop table kept`);
    expect((await verify()).findings).toEqual([]);
  });

  test('a removed row shows', async () => {
    const number = await sealed();
    await ledger.tamper(`create table kept as select * from posting where institution_id = 1 and id = ${LAST};
      delete from posting p using kept k where p.institution_id = 1 and p.id = k.id`);
    expect((await verify()).findings).toEqual(
      ['row_count_differs', 'sum_differs', 'root_differs'].map((fault) => ({ number, fault })),
    );
    await ledger.tamper('insert into posting select * from kept; drop table kept');
    expect((await verify()).findings).toEqual([]);
  });

  test('a row put in afterwards shows', async () => {
    const number = await sealed();
    await ledger.tamper(`create table kept as select * from posting where institution_id = 1 and id = ${LAST};
      update kept set key = gen_random_uuid(), id = id - 1, debit_seq = debit_seq + 900,
        credit_seq = credit_seq + 900;
      insert into posting select * from kept`);
    expect((await verify()).findings).toEqual(
      ['row_count_differs', 'sum_differs', 'root_differs'].map((fault) => ({ number, fault })),
    );
    await ledger.tamper('delete from posting p using kept k where p.key = k.key; drop table kept');
    expect((await verify()).findings).toEqual([]);
  });

  test('two rows that change places show, though count and sum stay', async () => {
    const number = await sealed();
    const swap = `update posting set id = case id when ${LAST} then ${LAST} - 1 else ${LAST} end
      where institution_id = 1 and id >= ${LAST} - 1`;
    await ledger.tamper(swap);
    expect((await verify()).findings).toEqual([{ number, fault: 'root_differs' }]);
    await ledger.tamper(swap);
    expect((await verify()).findings).toEqual([]);
  });

  test('a block fitted to changed rows shows by its hash, and with its hash by the next one', async () => {
    const number = await sealed();
    await sealed();
    await ledger.tamper(`create table kept as
        select * from posting_block where institution_id = 1 and number = ${number};
      update posting_block set moved = moved + 1 where institution_id = 1 and number = ${number}`);
    expect((await verify()).findings).toEqual(
      ['hash_differs', 'sum_differs'].map((fault) => ({ number, fault })),
    );
    await ledger.tamper(`update posting_block set moved = moved - 1, hash = sha256('fitted')
      where institution_id = 1 and number = ${number}`);
    expect((await verify()).findings).toContainEqual({
      number: number + 1n,
      fault: 'chain_broken',
    });
    await ledger.tamper(
      `delete from posting_block where institution_id = 1 and number = ${number}`,
    );
    expect((await verify()).findings).toEqual(
      ['number_missing', 'range_broken', 'chain_broken'].map((fault) => ({
        number: number + 1n,
        fault,
      })),
    );
    await ledger.tamper('insert into posting_block select * from kept; drop table kept');
    expect((await verify()).findings).toEqual([]);
  });

  test('rows and blocks cut off together show only to a witness who keeps the head', async () => {
    const number = await sealed();
    const witness = await head();
    expect((await verify(witness)).findings).toEqual([]);
    await ledger.tamper(`
      create table kept as select * from posting_block where institution_id = 1 and number = ${number};
      create table kept_rows as select p.* from posting p, kept k where p.institution_id = 1
        and (p.xid, p.id) > (k.from_xid, k.from_id);
      delete from posting p using kept_rows k where p.institution_id = 1 and p.key = k.key;
      delete from posting_block where institution_id = 1 and number = ${number}`);
    expect((await verify()).findings).toEqual([]);
    expect((await verify(witness)).findings).toEqual([{ number, fault: 'witness_differs' }]);
    await ledger.tamper(`insert into posting select * from kept_rows; insert into posting_block select * from kept;
      drop table kept, kept_rows`);
    expect((await verify(witness)).findings).toEqual([]);
  });

  test('what was rewritten up to the witness shows to who goes on from there, and from behind it', async () => {
    const number = await sealed();
    const witness = await head();
    const next = await sealed();
    const found = async (after: bigint) =>
      (
        await ledger.database.inInstitution(HERE, (tx) =>
          blocks.verifyPage(tx, HERE, after, witness),
        )
      )?.findings;
    expect([await found(number), await found(next)]).toEqual([[], []]);
    // Everything before was made anew and sealed again: it agrees with itself, and is not what it was.
    const rewritten = `decode('${witness.hash}', 'hex') || '\\x00'`;
    await ledger.tamper(`
      update posting_block set hash = sha256(${rewritten}) where institution_id = 1 and number = ${number};
      update posting_block set previous_hash = sha256(${rewritten}) where institution_id = 1 and number = ${next}`);
    const differs = { number, fault: 'witness_differs' };
    expect(await found(number)).toContainEqual(differs);
    expect(await found(next)).toEqual([differs]);
    const told = (await verify(witness)).findings.filter(({ fault }) => fault === differs.fault);
    expect(told).toEqual([differs]);
    await ledger.tamper(`
      create table kept as select * from posting_block where institution_id = 1 and number = ${number};
      delete from posting_block where institution_id = 1 and number = ${number}`);
    expect(await found(number)).toEqual([{ number, fault: 'number_missing' }, differs]);
    expect(await found(next)).toEqual([differs]);
    await ledger.tamper(`insert into posting_block select * from kept; drop table kept;
      update posting_block set hash = decode('${witness.hash}', 'hex') where institution_id = 1 and number = ${number};
      update posting_block set previous_hash = decode('${witness.hash}', 'hex')
        where institution_id = 1 and number = ${next}`);
    expect((await verify(witness)).findings).toEqual([]);
  });

  test.each([
    'update posting_block set moved = 0',
    'delete from posting_block',
    'update posting set amount = 1',
    'delete from posting',
    'truncate posting',
  ])('the application cannot: %s; its owner meets the second wall', async (sql) => {
    await sealed();
    await expect(ledger.database.inInstitution(HERE, (tx) => tx.query(sql))).rejects.toThrow(
      /permission denied/,
    );
    await expect(ledger.admin(sql)).rejects.toThrow(/is append-only/);
  });
});
