import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ExpireHolds } from '../../src/accounts/expire-holds.js';
import { brokenInvariants } from './ledger-invariants.js';
import { HERE, hold, LedgerUnderTest, pay, release } from './ledger-under-test.js';

const AN_HOUR_MS = 3_600_000;

describe('holds, attachments and payment stops', () => {
  let ledger: LedgerUnderTest;
  let payee: bigint;

  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    payee = await ledger.account(1_000n);
  });
  afterEach(async () => expect(await brokenInvariants(ledger)).toEqual([]));
  afterAll(() => ledger.stop());

  const stateOf = async (key: string) =>
    (
      await ledger.admin<{ state: string; captured: string }>(
        'select state, captured from hold where key = ledger_key($1)',
        [key],
      )
    )[0];
  /** Moves the end of a hold into the past, so that no test waits for it. */
  const letTimePass = (key: string) =>
    ledger.admin(
      `update hold set expires_at = renkei_now() - interval '1 second' where key = ledger_key($1)`,
      [key],
    );

  test('SM-3.4-1-3/a an attachment of the whole account refuses every debit until it is lifted', async () => {
    const account = await ledger.account(1_000n, 500n);
    const attachment = await ledger.posted(hold(account, 'attachment', 'whole'));
    expect(await ledger.status(pay(account, payee, 1n))).toBe('payment_stopped');
    expect(await ledger.status(hold(account, 'reservation', 1n))).toBe('payment_stopped');
    await ledger.posted(pay(payee, account, 1n));
    await ledger.posted(release(account, attachment));
    await ledger.posted(pay(account, payee, 1n));
  });

  test('SM-3.4-1-3/b a partial attachment leaves only the free part', async () => {
    const account = await ledger.account(1_000n);
    await ledger.posted(hold(account, 'attachment', 600n));
    expect(await ledger.balance(account)).toMatchObject({
      balanceYen: 1_000n,
      heldYen: 600n,
      withdrawableYen: 400n,
    });
    expect(await ledger.status(pay(account, payee, 401n))).toBe('insufficient_funds');
    await ledger.posted(pay(account, payee, 400n));
    // More than is free cannot be held either, to the yen.
    expect(await ledger.status(hold(account, 'reservation', 1n))).toBe('insufficient_funds');
  });

  test('SM-3.4-1-3/a of two stops one is lifted: the other still refuses', async () => {
    const account = await ledger.account(1_000n);
    const stop = await ledger.posted(hold(account, 'payment_stop', 'whole'));
    const attachment = await ledger.posted(hold(account, 'attachment', 'whole'));
    await ledger.posted(release(account, stop));
    expect(await ledger.status(release(account, stop))).toBe('hold_ended');
    expect(await ledger.status(pay(account, payee, 1n))).toBe('payment_stopped');
    await ledger.posted(release(account, attachment));
    await ledger.posted(pay(account, payee, 1n));
  });

  test('SM-3.4-1-2a a hold may use the overdraft where the product lets it, and no further', async () => {
    const account = await ledger.account(100n, 50n);
    const asked = (amountYen: bigint, mayUseOverdraft: boolean) =>
      ledger.status(hold(account, 'reservation', amountYen, { mayUseOverdraft }));
    expect(await asked(101n, false)).toBe('insufficient_funds');
    expect(await asked(151n, true)).toBe('insufficient_funds');
    expect(await asked(150n, true)).toBe('posted');
  });

  test('a capture takes its amount, frees the rest and ends the hold', async () => {
    const account = await ledger.account(1_000n);
    const other = await ledger.account(1_000n);
    const held = await ledger.posted(hold(account, 'reservation', 800n));
    const capture = (amountYen: bigint, from = account, captures = held.key) =>
      ledger.status(pay(from, payee, amountYen, { captures }));
    expect(await capture(801n)).toBe('hold_exceeded');
    expect(await capture(1n, other)).toBe('hold_unknown');
    expect(await capture(1n, account, 'no such hold')).toBe('hold_unknown');
    expect(await capture(500n)).toBe('posted');
    expect(await stateOf(held.key)).toEqual({ state: 'captured', captured: '500' });
    expect(await ledger.balance(account)).toMatchObject({ balanceYen: 500n, heldYen: 0n });
    expect(await capture(1n)).toBe('hold_ended');
    expect(await ledger.status(release(account, held))).toBe('hold_ended');
  });

  test('captured and released at once: one of them, and the money follows it', async () => {
    const account = await ledger.account(1_000n);
    const held = await ledger.posted(hold(account, 'reservation', 1_000n));
    const [captured, released] = await Promise.all([
      ledger.status(pay(account, payee, 1_000n, { captures: held.key })),
      ledger.status(release(account, held)),
    ]);
    expect([captured, released].sort()).toEqual(['hold_ended', 'posted']);
    const { balanceYen, heldYen } = await ledger.balance(account);
    expect({ balanceYen, heldYen }).toEqual({
      balanceYen: captured === 'posted' ? 0n : 1_000n,
      heldYen: 0n,
    });
  });

  test('a hold past its time cannot be captured, though nobody has swept it yet', async () => {
    const account = await ledger.account(1_000n);
    const expiresAt = (await ledger.now()) + AN_HOUR_MS;
    const held = await ledger.posted(hold(account, 'reservation', 800n, { expiresAt }));
    await letTimePass(held.key);
    const late = pay(account, payee, 800n, { captures: held.key });
    expect(await ledger.status(late)).toBe('hold_expired');
    expect((await ledger.balance(account)).heldYen).toBe(800n);
  });

  test('the sweep frees what is due, leaves what is not, and does it once for two sweepers', async () => {
    const account = await ledger.account(1_000n);
    const expiresAt = (await ledger.now()) + AN_HOUR_MS;
    const due = await Promise.all(
      [100n, 200n, 300n].map((amountYen) =>
        ledger.posted(hold(account, 'reservation', amountYen, { expiresAt })),
      ),
    );
    const young = await ledger.posted(hold(account, 'reservation', 50n, { expiresAt }));
    const stop = await ledger.posted(hold(account, 'payment_stop', 'whole', { expiresAt }));
    for (const { key } of [...due, stop]) await letTimePass(key);
    const sweeper = ledger.get(ExpireHolds);
    await Promise.all([sweeper.sweep(HERE), sweeper.sweep(HERE)]);
    expect(await sweeper.sweep(HERE)).toBe(0);
    for (const { key } of [...due, stop])
      expect(await stateOf(key)).toMatchObject({ state: 'expired' });
    expect(await stateOf(young.key)).toMatchObject({ state: 'held' });
    const rows = await ledger.admin<{ amount: string }>(
      `select amount from posting where operation = 'expiry' and status = 'posted' and debit_account = $1
       order by amount`,
      [account],
    );
    expect(rows.map(({ amount }) => amount)).toEqual(['0', '100', '200', '300']);
    expect((await ledger.balance(account)).heldYen).toBe(50n);
    await ledger.posted(pay(account, payee, 950n));
  });

  test('a hold that breaks the batch stays due alone; the others of its page are freed', async () => {
    const [sound, broken] = [await ledger.account(1_000n), await ledger.account(1_000n)];
    const expiresAt = (await ledger.now()) + AN_HOUR_MS;
    const [first, second, third] = [
      await ledger.posted(hold(sound, 'reservation', 10n, { expiresAt })),
      await ledger.posted(hold(broken, 'reservation', 20n, { expiresAt })),
      await ledger.posted(hold(sound, 'reservation', 30n, { expiresAt })),
    ];
    for (const { key } of [first, second, third]) await letTimePass(key);
    // The account says that less is held than the hold does: to free it would break the account's check.
    await ledger.admin('update account set held = 5 where institution_id = 1 and id = $1', [
      broken,
    ]);
    await expect(ledger.get(ExpireHolds).sweep(HERE)).rejects.toThrow(/check constraint/);
    expect(await stateOf(first.key)).toMatchObject({ state: 'expired' });
    expect(await stateOf(second.key)).toMatchObject({ state: 'held' });
    expect(await stateOf(third.key)).toMatchObject({ state: 'expired' });
    await ledger.admin('update account set held = 20 where institution_id = 1 and id = $1', [
      broken,
    ]);
    expect(await ledger.get(ExpireHolds).sweep(HERE)).toBe(1);
    expect(await stateOf(second.key)).toMatchObject({ state: 'expired' });
  });
});
