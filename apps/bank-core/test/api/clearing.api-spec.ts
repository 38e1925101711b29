import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClearingService } from '../../src/clearing/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { brokenInvariants } from './ledger-invariants.js';
import { CHUO, partyOf, SAIKAI, TransferWalk, type Party } from './transfer-stories.js';

describe('clearing: attempts at least once, effects once', () => {
  let bank: BankCoreUnderTest;
  let walk: TransferWalk;
  let clearing: ClearingService;
  let taro: Party;
  let payee: Party;

  beforeAll(async () => {
    bank = await startBankCore();
    walk = new TransferWalk(bank);
    clearing = bank.app.get(ClearingService, { strict: false });
    taro = await partyOf(bank, CHUO, 'taro-2963');
    payee = await partyOf(bank, SAIKAI, 'hanako-2825');
  });
  afterAll(() => bank.stop());

  const toPayee = () => ({
    bankCode: '2825',
    branchCode: payee.branchCode,
    accountNumber: payee.accountNumber,
  });
  const credits = (transferId: string) =>
    bank.admin<{ amount: string }>(
      `select amount from posting where key = ledger_key($1) and status = 'posted'`,
      [`in/2963/${transferId}`],
    );
  const outbox = async (transferId: string) =>
    (
      await bank.admin<{ state: string; attempts: number }>(
        'select state, attempts from clearing_outbox where transfer_id = $1',
        [transferId],
      )
    )[0];

  async function sent(to = toPayee(), amountYen = '3000') {
    const transfer = await walk.pushed({ to, amountYen });
    await walk.confirm(transfer, taro, await walk.offered(transfer, taro));
    return transfer;
  }

  test('SM-5.2/b the process dies after the other side credited: due again, credited once', async () => {
    const before = await walk.balance(SAIKAI, payee.ledgerId);
    const transfer = await sent();
    await walk.settled(transfer);
    // What a kill between the two commits leaves behind: the inbox knows the key, the outbox does not.
    await bank.admin(
      `update clearing_outbox set state = 'waiting', settled_at = null where transfer_id = $1`,
      [transfer.transferId],
    );
    await bank.admin(`update transfer set status = 'ACSP' where id = $1`, [transfer.transferId]);
    await clearing.deliverDue(CHUO);
    expect(await walk.settled(transfer)).toMatchObject({ status: 'ACSC' });
    expect(await credits(transfer.transferId)).toEqual([{ amount: '3000' }]);
    expect(await walk.balance(SAIKAI, payee.ledgerId)).toBe(before + 3_000n);
  });

  test('a failure while settling leaves the row due; the next attempt succeeds, and others went on', async () => {
    const fails = { once: true };
    clearing.onSettled(async () => {
      if (!fails.once) return;
      fails.once = false;
      throw new Error('the database went away');
    });
    const transfer = await sent();
    for (;;) {
      const row = await outbox(transfer.transferId);
      if (row && row.attempts > 0) break;
    }
    expect(await outbox(transfer.transferId)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(await walk.status(transfer)).toMatchObject({ status: 'ACSP' });
    expect(await credits(transfer.transferId)).toHaveLength(1);
    await bank.admin('update clearing_outbox set due_at = now() where transfer_id = $1', [
      transfer.transferId,
    ]);
    await clearing.deliverDue(CHUO);
    expect(await walk.status(transfer)).toMatchObject({ status: 'ACSC' });
    expect(await credits(transfer.transferId)).toHaveLength(1);
  });

  test('SM-5.4-1 an institution outside this house: the network takes it, the clearing account holds it', async () => {
    const clearingOf = async () => walk.balance(CHUO, 1n);
    const before = await clearingOf();
    const transfer = await sent(
      { bankCode: '0001', branchCode: '001', accountNumber: '1234567' },
      '4000',
    );
    expect(await walk.settled(transfer)).toMatchObject({ status: 'ACSC', aftercare: null });
    expect(await clearingOf()).toBe(before + 4_000n);
  });

  test('SM-5.4-2/c the account to give back to is closed: a person has to look, no yen is lost', async () => {
    const nobody = { bankCode: '2825', branchCode: '001', accountNumber: '0000001' };
    const stop = (stopped: boolean) =>
      bank.admin('update account set credit_stopped = $1 where institution_id = $2 and id = $3', [
        stopped,
        CHUO,
        taro.ledgerId,
      ]);
    await stop(true);
    const transfer = await sent(nobody);
    expect(await walk.settled(transfer)).toMatchObject({ aftercare: 'returned' });
    await stop(false);
    expect(await outbox(transfer.transferId)).toMatchObject({ state: 'return_blocked' });
    expect(await brokenInvariants(bank)).toEqual([]);
  });
});
