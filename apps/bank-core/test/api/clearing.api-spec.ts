import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
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

  const nobody = { bankCode: '2825', branchCode: '001', accountNumber: '0000001' };
  const stop = (institutionId: number, party: Party, stopped: boolean) =>
    bank.admin('update account set credit_stopped = $1 where institution_id = $2 and id = $3', [
      stopped,
      institutionId,
      party.ledgerId,
    ]);
  /** Until somebody waits for this table. */
  async function waiting(client: pg.Client, table: string): Promise<void> {
    for (;;) {
      const { rowCount } = await client.query(
        `select from pg_locks where relation = $1::regclass and not granted
           and database = (select oid from pg_database where datname = current_database())`,
        [table],
      );
      if (rowCount) return;
    }
  }
  /** Throws where somebody has the institution's clearing account. */
  async function mustBeFree(client: pg.Client, institutionId: number): Promise<void> {
    const { rowCount } = await client.query(
      `select from account a join system_account s on s.institution_id = a.institution_id
         and s.account_id = a.id and s.role = 'clearing'
       where a.institution_id = $1 for update of a nowait`,
      [institutionId],
    );
    expect(rowCount).toBe(1);
  }
  async function withClients(work: (one: pg.Client, two: pg.Client) => Promise<void>) {
    const connectionString = bank.databases.bank.adminUrl;
    const [one, two] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })];
    try {
      await Promise.all([one.connect(), two.connect()]);
      await work(one, two);
    } finally {
      await Promise.all([one.end(), two.end()]);
    }
  }

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

  test('SM-5.4-2/c the account to give back to takes nothing: nobody is told that the money is back', async () => {
    await stop(CHUO, taro, true);
    const transfer = await sent(nobody);
    const before = await walk.balance(CHUO, taro.ledgerId);
    expect(await walk.settled(transfer)).toMatchObject({
      status: 'ACSC',
      aftercare: 'return_pending',
      statusReason: 'no_such_account',
    });
    await stop(CHUO, taro, false);
    expect(await outbox(transfer.transferId)).toMatchObject({ state: 'return_blocked' });
    const told = await bank.admin<{ kind: string }>(
      `select kind from record where institution_id = $1 and transfer_id = $2
         and kind like 'transfer_%' and kind not in ('transfer_received', 'transfer_shown', 'transfer_fixed')`,
      [CHUO, transfer.transferId],
    );
    expect(told).toEqual([{ kind: 'transfer_return_pending' }]);
    const changes = await bank.admin(
      `select state, reason from party_change where subject_id = $1 order by id desc limit 1`,
      [transfer.transferId],
    );
    expect(changes).toEqual([{ state: 'ACSC', reason: 'return_pending' }]);
    // It is no message that is due: nothing gives the money back behind the back of who looks at it.
    await clearing.deliverDue(CHUO);
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before);
    expect(await brokenInvariants(bank)).toEqual([]);
  });

  test('SM-5.4-2/b the same return comes again: it is posted once', async () => {
    const transfer = await sent(nobody);
    await walk.settled(transfer);
    const before = await walk.balance(CHUO, taro.ledgerId);
    await bank.admin(
      `update clearing_outbox set state = 'waiting', settled_at = null where transfer_id = $1`,
      [transfer.transferId],
    );
    await bank.admin(`update transfer set status = 'ACSP', aftercare = null where id = $1`, [
      transfer.transferId,
    ]);
    await clearing.deliverDue(CHUO);
    expect(await walk.settled(transfer)).toMatchObject({ aftercare: 'returned' });
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before);
    expect(await brokenInvariants(bank)).toEqual([]);
  });

  test('SM-5.4-2/a the payee’s account takes nothing: one answer is kept, and the money is back', async () => {
    const before = await walk.balance(CHUO, taro.ledgerId);
    await stop(SAIKAI, payee, true);
    const transfer = await sent();
    expect(await walk.settled(transfer)).toMatchObject({
      aftercare: 'returned',
      statusReason: 'deposit_refused',
    });
    await stop(SAIKAI, payee, false);
    expect(await credits(transfer.transferId)).toEqual([]);
    const answers = await bank.admin(
      `select outcome, reason from clearing_inbox where key = $1
       union all
       select content->>'outcome', content->>'reason' from record
       where kind = 'interbank_received' and transfer_id = $1`,
      [transfer.transferId],
    );
    expect(answers).toEqual([
      { outcome: 'returned', reason: 'deposit_refused' },
      { outcome: 'returned', reason: 'deposit_refused' },
    ]);
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before - 220n);
    expect(await brokenInvariants(bank)).toEqual([]);
  });

  test('the inbox and the record are written before the clearing account is locked', async () => {
    await withClients(async (gate) => {
      await gate.query('begin; lock table clearing_inbox in share mode');
      const transfer = await sent();
      await waiting(gate, 'clearing_inbox');
      await mustBeFree(gate, SAIKAI);
      await gate.query('commit');
      expect(await walk.settled(transfer)).toMatchObject({ status: 'ACSC', aftercare: null });
    });
    expect(await brokenInvariants(bank)).toEqual([]);
  });

  test('SM-5.4-2/a a return is told before the clearing account is locked', async () => {
    await withClients(async (gate, other) => {
      await gate.query('begin; lock table clearing_inbox in share mode');
      const transfer = await sent(nobody);
      await waiting(gate, 'clearing_inbox');
      // Telling the transfer writes a change; nothing before it does, since the debit has committed.
      await other.query('begin; lock table party_change in share mode');
      await gate.query('commit');
      await waiting(other, 'party_change');
      await mustBeFree(other, CHUO);
      await other.query('commit');
      expect(await walk.settled(transfer)).toMatchObject({ aftercare: 'returned' });
    });
    expect(await brokenInvariants(bank)).toEqual([]);
  });
});
