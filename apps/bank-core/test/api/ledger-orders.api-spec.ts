import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { newId } from '#libs/kernel';
import { ledgerKey } from '../../src/accounts/index.js';
import { LedgerWriter } from '../../src/accounts/ledger-writer.js';
import type { Statements } from '../../src/accounts/storage/order.store.pg.js';
import { brokenInvariants } from './ledger-invariants.js';
import {
  close,
  ELSEWHERE,
  FEE_INCOME,
  HERE,
  hold,
  LedgerUnderTest,
  line,
  OPENING,
  pay,
  post,
} from './ledger-under-test.js';

describe('an order and what the ledger answers', () => {
  let ledger: LedgerUnderTest;
  let payee: bigint;

  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    payee = await ledger.account();
  });
  afterEach(async () => expect(await brokenInvariants(ledger)).toEqual([]));
  afterAll(() => ledger.stop());

  const rowsOf = (key: string) =>
    ledger.admin<{ line: number; status: string }>(
      'select line, status from posting where key = ledger_key($1) order by line',
      [key],
    );

  test.each([
    newId('trf', 0),
    newId('hold', 1_795_305_600_000),
    'trf_7zzzzzzzzzzzzzzzzzzzzzzzzz',
    'trf_8zzzzzzzzzzzzzzzzzzzzzzzzz',
    '2825/transfers/予約 1',
    '',
  ])('the key of %s is the same in SQL and here', async (name) => {
    const [row] = await ledger.admin<{ key: string }>('select ledger_key($1) as key', [name]);
    expect(row?.key).toBe(ledgerKey(name));
  });

  test('SM-3.4-1-2a/c the fee is a line of its own in the same group: it alone can tip it over', async () => {
    const payer = await ledger.account(1_109n);
    const income = await ledger.balanceYen(FEE_INCOME);
    const withFee = (feeYen: bigint) =>
      post([
        line(payer, payee, 1_000n),
        { ...line(payer, FEE_INCOME, feeYen), operation: 'fee', debitText: '振込手数料' },
      ]);
    const before = await ledger.balanceYen(payee);
    const tooDear = withFee(110n);
    expect(await ledger.status(tooDear)).toBe('insufficient_funds');
    expect(await ledger.balanceYen(payer)).toBe(1_109n);
    expect(await ledger.balanceYen(payee)).toBe(before);
    expect(await rowsOf(tooDear.key)).toEqual([{ line: 1, status: 'insufficient_funds' }]);
    const order = await ledger.posted(withFee(109n));
    expect(await ledger.balanceYen(payer)).toBe(0n);
    expect(await ledger.balanceYen(FEE_INCOME)).toBe(income + 109n);
    expect(await rowsOf(order.key)).toEqual([
      { line: 1, status: 'posted' },
      { line: 2, status: 'posted' },
    ]);
  });

  test('several legs through accounts between stand or fall together, whichever breaks', async () => {
    const [payer, position, bank] = [
      await ledger.account(5_000n),
      await ledger.account(),
      await ledger.account(),
    ];
    const legs = [
      line(payer, position, 5_000n),
      line(position, bank, 5_000n),
      line(bank, payee, 4_900n),
    ];
    // Each leg breaks once: too much, an account that is not there, a payee that takes nothing.
    const closed = await ledger.account();
    await ledger.posted(close(closed));
    const broken = [
      [[line(payer, position, 5_001n), ...legs.slice(1)], 'insufficient_funds'],
      [[legs[0]!, line(position, 999_999n, 5_000n), legs[2]!], 'payee_account_unknown'],
      [[legs[0]!, legs[1]!, line(bank, closed, 4_900n)], 'payee_account_closed'],
    ] as const;
    for (const [lines, status] of broken) expect(await ledger.status(post(lines))).toBe(status);
    const balances = () =>
      Promise.all([payer, position, bank].map((account) => ledger.balance(account)));
    expect((await balances()).map(({ balanceYen }) => balanceYen)).toEqual([5_000n, 0n, 0n]);
    expect((await balances()).map(({ version }) => version)).toEqual([1n, 0n, 0n]);
    await ledger.posted(post(legs));
    expect((await balances()).map(({ balanceYen }) => balanceYen)).toEqual([0n, 0n, 100n]);
  });

  test('a correction is a new entry that points at the old; each is corrected once', async () => {
    const payer = await ledger.account(3_000n);
    const wrong = await ledger.posted(pay(payer, payee, 1_000n));
    const correct = (corrects: string) =>
      post([{ ...line(payee, payer, 1_000n), operation: 'correction' }], { corrects });
    const refused = pay(payer, payee, 9_999n);
    expect(await ledger.status(refused)).toBe('insufficient_funds');
    expect(await ledger.status(correct('no such key'))).toBe('correction_unknown');
    expect(await ledger.status(correct(refused.key))).toBe('correction_unknown');
    // Both at once: in whichever order they are decided, the second finds the first.
    const [first, second] = [correct(wrong.key), correct(wrong.key)];
    const both = await Promise.all([ledger.status(first), ledger.status(second)]);
    expect([...both].sort()).toEqual(['already_corrected', 'posted']);
    expect(await ledger.status(correct(wrong.key))).toBe('already_corrected');
    const posted = both[0] === 'posted' ? first : second;
    expect(
      await ledger.admin(
        `select 1 from posting_correction where key = ledger_key($1) and corrects = ledger_key($2)`,
        [posted.key, wrong.key],
      ),
    ).toHaveLength(1);
    expect(await rowsOf(wrong.key)).toEqual([{ line: 1, status: 'posted' }]);
    expect(await ledger.balanceYen(payer)).toBe(3_000n);
  });

  test('SM-4.3 an account closes when nothing is left on it, and then neither pays nor takes', async () => {
    const account = await ledger.account(500n);
    expect(await ledger.status(close(account))).toBe('account_not_empty');
    await ledger.posted(pay(account, payee, 500n));
    const stop = await ledger.posted(hold(account, 'payment_stop', 'whole'));
    expect(await ledger.status(close(account))).toBe('account_not_empty');
    await ledger.posted({
      ...close(account),
      act: 'release',
      hold: stop.key,
    });
    await ledger.posted(close(account));
    expect(await ledger.status(close(account))).toBe('account_closed');
    expect(await ledger.status(pay(account, payee, 1n))).toBe('account_closed');
    expect(await ledger.status(pay(payee, account, 1n))).toBe('payee_account_closed');
    expect(await ledger.status(hold(account, 'attachment', 'whole'))).toBe('account_closed');
  });

  test.each([
    [0n, 'amount_out_of_range'],
    [-1n, 'amount_out_of_range'],
    [1_000_000_000_001n, 'amount_out_of_range'],
    [1_000_000_000_000n, 'posted'],
    [1n, 'posted'],
  ])('an amount of %s yen is answered %s', async (amountYen, status) => {
    const order = pay(OPENING, payee, amountYen);
    expect(await ledger.status(order)).toBe(status);
    expect(await rowsOf(order.key)).toEqual([{ line: 1, status }]);
  });

  test('T-20 an unknown account and one of another institution refuse their own item and no other', async () => {
    const payer = await ledger.account(1_000n);
    const foreign = await ledger.account(1_000n, 0n, ELSEWHERE);
    const orders = [
      pay(payer, payee, 100n),
      pay(foreign, payee, 100n),
      pay(payer, foreign, 100n),
      pay(987_654_321n, payee, 100n),
      pay(payer, payer, 100n),
      hold(foreign, 'attachment', 100n),
      pay(payer, payee, 100n),
    ];
    expect(await Promise.all(orders.map((order) => ledger.status(order)))).toEqual([
      'posted',
      'debit_account_unknown',
      'payee_account_unknown',
      'debit_account_unknown',
      'same_account',
      'debit_account_unknown',
      'posted',
    ]);
    expect(await ledger.balanceYen(payer)).toBe(800n);
    expect((await ledger.balance(foreign, ELSEWHERE)).balanceYen).toBe(1_000n);
  });

  test('the same key: the same answer for the same content, refusals too; key_reused for another', async () => {
    const payer = await ledger.account(1_000n);
    const order = await ledger.posted(pay(payer, payee, 600n));
    const refused = pay(payer, payee, 600n);
    expect(await ledger.status(refused)).toBe('insufficient_funds');
    await ledger.posted(pay(OPENING, payer, 1_000n));
    expect(await ledger.status(refused)).toBe('insufficient_funds');
    expect(await ledger.status(order)).toBe('posted');
    expect(await ledger.status({ ...pay(payer, payee, 601n), key: order.key })).toBe('key_reused');
    expect(await ledger.status({ ...hold(payer, 'reservation', 1n), key: order.key })).toBe(
      'key_reused',
    );
    expect(await ledger.balanceYen(payer)).toBe(1_400n);
    expect(await rowsOf(order.key)).toHaveLength(1);
  });

  test('one key many times at once, with two contents: one effect, and each answered by it', async () => {
    const payer = await ledger.account(1_000n);
    const order = pay(payer, payee, 10n);
    const other = { ...pay(payer, payee, 11n), key: order.key };
    const answers = await Promise.all(
      [order, order, other, order, other].map((each) => ledger.status(each)),
    );
    expect(answers).toEqual(['posted', 'posted', 'key_reused', 'posted', 'key_reused']);
    expect(await ledger.balanceYen(payer)).toBe(990n);
  });

  test.each(['before the commit', 'after the commit'])(
    'SM-5.2/c an answer that was lost %s: the same key tells the truth, one debit',
    async (when) => {
      const payer = await ledger.account(1_000n);
      const connections: Statements = ledger.database.reserve(1);
      let isLost = false;
      const writer = new LedgerWriter({
        async query(statement) {
          const answer =
            isLost || when === 'after the commit' ? await connections.query(statement) : undefined;
          if (answer && isLost) return answer;
          isLost = true;
          throw new Error('Connection terminated unexpectedly');
        },
      });
      const order = pay(payer, payee, 700n);
      expect(await writer.place(HERE, order)).toMatchObject({
        ok: true,
        value: { status: 'posted' },
      });
      expect(isLost).toBe(true);
      expect(await ledger.status(order)).toBe('posted');
      expect(await ledger.balanceYen(payer)).toBe(300n);
    },
  );

  test('a full queue answers ledger_busy at once, and what waits is decided none the less', async () => {
    const payer = await ledger.account(100_000n);
    const blocker = new pg.Client({ connectionString: ledger.databases.bank.adminUrl });
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('select 1 from account where institution_id = 1 and id = $1 for update', [
      payer,
    ]);
    const placed = Array.from({ length: 12_000 }, () =>
      ledger.accounts.place(HERE, pay(payer, payee, 1n)),
    );
    // Nothing can be decided while the row is locked: whoever is answered now was turned away.
    const turnedAway = await Promise.any(
      placed.map(async (each) => {
        const answer = await each;
        if (answer.ok) throw new Error('decided');
        return answer;
      }),
    );
    expect(turnedAway).toMatchObject({
      refusal: { code: 'ledger_busy', facts: { retryAfterSeconds: 1 } },
    });
    await blocker.query('rollback');
    await blocker.end();
    const answers = await Promise.all(placed);
    const posted = answers.filter((answer) => answer.ok && answer.value.status === 'posted');
    expect(posted.length).toBeGreaterThanOrEqual(8_192);
    expect(posted.length + answers.filter((answer) => !answer.ok).length).toBe(12_000);
    expect(await ledger.balanceYen(payer)).toBe(100_000n - BigInt(posted.length));
  });
});
