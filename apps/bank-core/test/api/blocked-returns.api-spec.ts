import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { brokenInvariants } from './ledger-invariants.js';
import { officerAtWork, type OfficerAtWork, type StaffAnswer } from './officers.js';
import { CHUO, partyOf, TransferWalk, type Party } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: TransferWalk;
let taro: Party;
let proposer: OfficerAtWork;
let approver: OfficerAtWork;
let foreigner: OfficerAtWork;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new TransferWalk(bank);
  taro = await partyOf(bank, CHUO, 'taro-2963');
  proposer = await officerAtWork(bank, 'chuo-compliance');
  approver = await officerAtWork(bank, 'chuo-approver');
  foreigner = await officerAtWork(bank, 'saikai-clerk');
});
afterAll(() => bank.stop());
beforeEach(async () => {
  await set('credit_stopped', false);
  await set('closed', false);
});

const set = (column: 'credit_stopped' | 'closed', value: boolean) =>
  bank.admin(`update account set ${column} = $1 where institution_id = $2 and id = $3`, [
    value,
    CHUO,
    taro.ledgerId,
  ]);

/** A transfer to nobody, whose money comes back to an account that takes none: the fee has gone with it. */
async function blocked(amountYen = '3000'): Promise<string> {
  const nobody = { bankCode: '2825', branchCode: '001', accountNumber: '0000001' };
  await set('credit_stopped', true);
  const transfer = await walk.pushed({ to: nobody, amountYen });
  await walk.confirm(transfer, taro, await walk.offered(transfer, taro));
  await walk.settled(transfer);
  return transfer.transferId;
}

const statusOf = async (transferId: string) =>
  walk.service.byIdForPage(CHUO, transferId) as Promise<unknown>;
const queue = async (by = proposer) =>
  (await by.get('/blocked-returns?bankCode=2963')).body['returns'] as Record<string, unknown>[];
const inQueue = async (transferId: string) =>
  (await queue()).find((one) => one['transferId'] === transferId);
const retry = (transferId: string, more: object = {}, by = proposer) =>
  by.post(`/blocked-returns/${transferId}/retries`, {
    bankCode: '2963',
    grounds: '口座の入金停止を解除しました。',
    ...more,
  });
const approve = ({ body }: StaffAnswer, by = approver) =>
  by.post(`/proposals/${String(body['id'])}/decisions`, {
    decision: 'approve',
    contentHash: body['contentHash'],
  });
const outcomeOf = ({ body }: StaffAnswer) =>
  (body['effects'] as { outcome: unknown }[] | undefined)?.[0]?.outcome;
const refusal = ({ status, body }: StaffAnswer) => [status, body['code'], body['clause'] ?? null];
const recordsOf = async (transferId: string) =>
  (
    await bank.admin<{ kind: string; content: Record<string, unknown> }>(
      `select kind, content from record where institution_id = $1 and transfer_id = $2 order by id`,
      [CHUO, transferId],
    )
  ).slice(3);

describe('returned money that no account takes', () => {
  test('SM-5.4-2/c is in the queue of its institution with the reason, and of no other', async () => {
    const transferId = await blocked();
    expect(await inQueue(transferId)).toMatchObject({
      amountYen: '3000',
      reason: 'no_such_account',
      blockedBy: 'payee_account_closed',
      debitAccount: { accountId: taro.accountId, closed: false, takesCredits: false },
    });
    expect((await foreigner.get('/blocked-returns?bankCode=2963')).status).toBe(404);
    expect((await retry(transferId, {}, foreigner)).status).toBe(404);
    expect(await queue(approver)).toHaveLength(1);
    const after = await proposer.get(`/blocked-returns?bankCode=2963&after=${transferId}`);
    expect(after.body['returns']).toEqual([]);
  });

  test('SM-5.4-2/c two people give it back once the account is free: told only then, and once', async () => {
    const transferId = await blocked();
    const before = await walk.balance(CHUO, taro.ledgerId);
    const first = await retry(transferId);
    expect(first).toMatchObject({ status: 202, body: { kind: 'blocked_return', state: 'open' } });
    expect((await approve(first, proposer)).status).toBe(403);
    // Still stopped: the attempt is an outcome and leaves everything as it was.
    expect(outcomeOf(await approve(first))).toEqual({
      refused: 'payee_account_closed',
      clause: 'SM-5.4-2',
    });
    expect(await statusOf(transferId)).toMatchObject({ aftercare: 'return_pending' });
    expect(await inQueue(transferId)).toBeDefined();
    expect(await brokenInvariants(bank)).toEqual([]);

    await set('credit_stopped', false);
    expect(await inQueue(transferId)).toMatchObject({ debitAccount: { takesCredits: true } });
    const [second, third] = [await retry(transferId), await retry(transferId)];
    expect(outcomeOf(await approve(second))).toEqual({ transferId, returnedYen: '3000' });
    expect(await statusOf(transferId)).toMatchObject({
      status: 'ACSC',
      aftercare: 'returned',
      statusReason: 'no_such_account',
    });
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before + 3_000n);
    expect(await inQueue(transferId)).toBeUndefined();
    // Somebody else had the same in mind.
    expect(refusal(await approve(third))).toEqual([409, 'return_not_blocked', 'SM-5.4-2']);
    expect(refusal(await retry(transferId))).toEqual([409, 'return_not_blocked', 'SM-5.4-2']);
    expect(await walk.balance(CHUO, taro.ledgerId)).toBe(before + 3_000n);
    expect(await recordsOf(transferId)).toMatchObject([
      { kind: 'transfer_return_pending', content: { blockedBy: 'payee_account_closed' } },
      { kind: 'return_retried', content: { proposal: first.body['id'] } },
      { kind: 'return_refused', content: { refusal: 'payee_account_closed' } },
      {
        kind: 'return_retried',
        content: {
          clause: 'SM-5.4-2',
          proposedBy: 'chuo-compliance@renkei.example',
          approvedBy: 'chuo-approver@renkei.example',
          accountId: null,
          grounds: '口座の入金停止を解除しました。',
        },
      },
      { kind: 'transfer_returned', content: { reason: 'no_such_account', clause: 'SM-5.4-2' } },
    ]);
    expect(await brokenInvariants(bank)).toEqual([]);
  });

  test('SM-5.4-2/c another account of the holder takes it only where the debited one is closed', async () => {
    const [savings] = await bank.admin<{ public_id: string; id: string }>(
      `select d.public_id, d.account_id::text as id from account_detail d
       where d.institution_id = $1 and d.holder_id = $2 and d.account_id <> $3`,
      [CHUO, taro.holderId, taro.ledgerId],
    );
    const hanako = await partyOf(bank, CHUO, 'hanako-2963');
    const transferId = await blocked('4000');
    const accountId = savings?.public_id;
    expect(refusal(await retry(transferId, { accountId }))).toEqual([
      409,
      'return_goes_to_debit_account',
      'SM-5.4-2',
    ]);
    await set('closed', true);
    const theirs = { accountId: hanako.accountId };
    expect(refusal(await retry(transferId, theirs))).toEqual([
      422,
      'return_account_unknown',
      'SM-5.4-2',
    ]);
    const before = await walk.balance(CHUO, BigInt(savings?.id ?? 0));
    const done = await approve(await retry(transferId, { accountId }));
    expect(outcomeOf(done)).toEqual({ transferId, returnedYen: '4000' });
    expect(await walk.balance(CHUO, BigInt(savings?.id ?? 0))).toBe(before + 4_000n);
    expect(await statusOf(transferId)).toMatchObject({ aftercare: 'returned' });
    expect(await brokenInvariants(bank)).toEqual([]);
  });

  test('SM-5.4-2/c what was never sent or never came back is not given back', async () => {
    const never = 'trf_01j00000000000000000000000';
    expect(refusal(await retry(never))).toEqual([404, 'return_unknown', null]);
    expect(refusal(await retry('trf_nobody'))).toEqual([404, 'return_unknown', null]);
    expect((await retry(never, { grounds: '' })).status).toBe(400);
    expect((await retry(never, {}, approver)).status).toBe(403);
  });
});
