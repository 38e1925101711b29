import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Transaction } from '#libs/platform';
import type { ScheduledPosting } from '../../src/accounts/index.js';
import { decideClaimed, PostScheduled } from '../../src/accounts/post-scheduled.js';
import { claimDue } from '../../src/accounts/storage/scheduled-posting.store.pg.js';
import { brokenInvariants } from './ledger-invariants.js';
import { close, DAY, HERE, LedgerUnderTest, OPENING, pay } from './ledger-under-test.js';

describe('SM-5.2 a posting of a later day', () => {
  let ledger: LedgerUnderTest;
  let runner: PostScheduled;
  let payee: bigint;

  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    runner = ledger.get(PostScheduled);
    payee = await ledger.account();
  });
  afterEach(async () => expect(await brokenInvariants(ledger)).toEqual([]));
  afterAll(() => ledger.stop());

  const inside = <Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> =>
    ledger.database.inInstitution(HERE, work);

  const drawn = async (debitAccount: bigint, more: Partial<ScheduledPosting> = {}) => {
    const scheduled: ScheduledPosting = {
      id: `test/${randomUUID()}`,
      occurrence: DAY,
      dueAt: (await ledger.now()) - 1_000,
      operation: 'transfer',
      debitAccount,
      creditAccount: payee,
      amountYen: 100n,
      debitText: '振込',
      creditText: '振込',
      ediText: '',
      mayUseOverdraft: false,
      ...more,
    };
    await inside((tx) => ledger.accounts.schedule(tx, HERE, scheduled));
    return scheduled;
  };
  const outcome = (scheduled: ScheduledPosting) =>
    inside((tx) => ledger.accounts.scheduleOutcome(tx, HERE, scheduled));

  test('SM-5.2 posts on its day under the key of schedule and occurrence, and not before', async () => {
    const payer = await ledger.account(1_000n);
    const due = await drawn(payer);
    const later = await drawn(payer, { dueAt: (await ledger.now()) + 3_600_000 });
    const sameSchedule = await drawn(payer, { id: due.id, occurrence: DAY.plusDays(1) });
    expect(await runner.run(HERE)).toBe(2);
    expect(await runner.run(HERE)).toBe(0);
    expect(await outcome(due)).toMatchObject({ state: 'posted', status: 'posted' });
    expect(await outcome(sameSchedule)).toMatchObject({ state: 'posted' });
    expect(await outcome(later)).toEqual({ state: 'due' });
    expect(await ledger.balanceYen(payer)).toBe(800n);
    const [row] = await ledger.admin<{ amount: string; day: string }>(
      `select amount, value_on::text as day from posting where key = ledger_key($1)`,
      [`${due.id}/${DAY.toString()}`],
    );
    expect(row).toEqual({ amount: '100', day: DAY.toString() });
  });

  test('SM-3.4-2 a refusal is its outcome, final, and harms no other of the same page', async () => {
    const [poor, rich, closed] = [
      await ledger.account(99n),
      await ledger.account(500n),
      await ledger.account(),
    ];
    await ledger.posted(close(closed));
    const [a, b, c] = [await drawn(poor), await drawn(closed), await drawn(rich)];
    await runner.run(HERE);
    expect(await outcome(a)).toMatchObject({ state: 'refused', status: 'insufficient_funds' });
    expect(await outcome(b)).toMatchObject({ state: 'refused', status: 'account_closed' });
    expect(await outcome(c)).toMatchObject({ state: 'posted' });
    await ledger.posted(pay(OPENING, poor, 1_000n));
    expect(await runner.run(HERE)).toBe(0);
    expect(await ledger.balanceYen(poor)).toBe(1_099n);
  });

  test('SM-5.2/c several runners at once: each row is decided by one of them, none twice', async () => {
    const payer = await ledger.account(10_000n);
    for (let i = 0; i < 40; i += 1) await drawn(payer, { amountYen: 10n });
    const decided = await Promise.all(Array.from({ length: 4 }, () => runner.run(HERE)));
    expect(decided.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(await ledger.balanceYen(payer)).toBe(9_600n);
  });

  test('SM-5.2/b killed between claim and commit: nothing happened, due again, debited once', async () => {
    const payer = await ledger.account(1_000n);
    const scheduled = await drawn(payer);
    const at = await ledger.now();
    const killed = inside(async (tx) => {
      const claimed = await claimDue(tx, HERE, at, undefined, 10);
      expect(claimed.map(({ id }) => id)).toEqual([scheduled.id]);
      await decideClaimed(tx, HERE, claimed, at);
      const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await ledger.admin('select pg_terminate_backend($1, 10000)', [own?.pid]);
    });
    await expect(killed).rejects.toThrow();
    expect(await outcome(scheduled)).toEqual({ state: 'due' });
    expect(await ledger.balanceYen(payer)).toBe(1_000n);
    expect(await runner.run(HERE)).toBe(1);
    expect(await outcome(scheduled)).toMatchObject({ state: 'posted' });
    expect(await ledger.balanceYen(payer)).toBe(900n);
  });

  test('SM-5.2/c due again by hand though it was posted: the key answers, nothing is debited', async () => {
    const payer = await ledger.account(1_000n);
    const scheduled = await drawn(payer);
    await runner.run(HERE);
    await ledger.admin(
      `update scheduled_posting set state = 'due', outcome = null, decided_at = null where id = $1`,
      [scheduled.id],
    );
    expect(await runner.run(HERE)).toBe(1);
    expect(await outcome(scheduled)).toMatchObject({ state: 'posted' });
    expect(await ledger.balanceYen(payer)).toBe(900n);
  });

  test('a row that breaks its page stays due alone', async () => {
    const [broken, sound] = [await ledger.account(1_000n), await ledger.account(1_000n)];
    const rows = [await drawn(sound), await drawn(broken), await drawn(sound)];
    await ledger.posted(pay(broken, payee, 1n));
    // A sequence that is taken already cannot be given again: the posting of this account raises.
    await ledger.tamper(
      `update account set version = version - 1 where institution_id = 1 and id = ${broken}`,
    );
    await expect(runner.run(HERE)).rejects.toThrow(/duplicate key/);
    const states = async () => (await Promise.all(rows.map(outcome))).map((each) => each?.state);
    expect(await states()).toEqual(['posted', 'due', 'posted']);
    await ledger.tamper(
      `update account set version = version + 1 where institution_id = 1 and id = ${broken}`,
    );
    expect(await runner.run(HERE)).toBe(1);
    expect(await states()).toEqual(['posted', 'posted', 'posted']);
  });

  test('SM-5.2 taken back before its day it is never posted; afterwards it is too late', async () => {
    const payer = await ledger.account(1_000n);
    const [taken, done] = [await drawn(payer), await drawn(payer)];
    const takeBack = (scheduled: ScheduledPosting) =>
      inside((tx) => ledger.accounts.cancelScheduled(tx, HERE, scheduled));
    expect(await takeBack(taken)).toBe(true);
    expect(await takeBack(taken)).toBe(false);
    expect(await runner.run(HERE)).toBe(1);
    expect(await takeBack(done)).toBe(false);
    expect(await outcome(taken)).toMatchObject({ state: 'cancelled' });
    expect(await ledger.balanceYen(payer)).toBe(900n);
  });

  test('what was fixed cannot be rewritten by the application', async () => {
    const scheduled = await drawn(await ledger.account(1_000n));
    await expect(
      inside((tx) =>
        tx.query('update scheduled_posting set amount = 1 where id = $1', [scheduled.id]),
      ),
    ).rejects.toThrow(/permission denied/);
    await runner.run(HERE);
  });
});
