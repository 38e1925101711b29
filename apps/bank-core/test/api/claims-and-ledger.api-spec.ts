import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClearingService } from '../../src/clearing/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { aClaim, at, aTransfer, CaseWalk, refusal } from './case-walk.js';
import { stolen } from './stolen-money.js';
import { CHUO, partyOf, SAIKAI, TransferWalk, type Party } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

/** Somebody else's main account at the same institution. */
async function anotherHolder(): Promise<Party> {
  const [row] = await bank.admin<{ login_id: string }>(
    `select h.login_id from holder h join service_account s on s.institution_id = h.institution_id
       and s.holder_id = h.id and s.is_main
     where h.institution_id = $1 and h.id <> $2 order by h.id limit 1`,
    [CHUO, walk.taro.holderId],
  );
  return partyOf(bank, CHUO, row?.login_id ?? '');
}

const claimOf = (transfers: object[], more: object = {}) => aClaim({ transfers, ...more });

describe('a claim is held against the ledger', () => {
  test('SM-13.1b what left no account of this holder cannot be claimed, and nothing is kept', async () => {
    const caseId = await walk.reported();
    const day = at('2026-03-20');
    const theirs = await stolen(bank, await anotherHolder(), { at: day, amountYen: '1000' });
    for (const id of ['trf_01j00000000000000000000000', theirs])
      expect(await walk.facts(caseId, claimOf([aTransfer(id, day, '1000')]))).toMatchObject({
        ...refusal(422, 'transfer_unknown', 'SM-13.1b'),
        body: { facts: { field: 'transfers[0].id' } },
      });
    expect((await walk.page(caseId))['claim']).toBeNull();
  });

  test('SM-14.2d SM-14.2b a yen above what was debited, a fee above it, another day: refused', async () => {
    const caseId = await walk.reported();
    const real = await walk.misuse(at('2026-03-20'), '1000', '330');
    const wrong = [
      [{ amount: '1001' }, 'SM-14.2d', '1000'],
      [{ fee: '331' }, 'SM-14.2d', '330'],
      [{ happenedAt: at('2026-03-21', '00:00:00') }, 'SM-14.2b', '2026-03-20'],
    ] as const;
    for (const [change, clause, inLedger] of wrong)
      expect(await walk.facts(caseId, claimOf([{ ...real, ...change }]))).toMatchObject({
        ...refusal(422, 'facts_contradict', clause),
        body: { facts: { inLedger } },
      });
    expect((await walk.page(caseId))['claim']).toBeNull();
    expect(await walk.facts(caseId, claimOf([real]))).toMatchObject({ status: 200 });
  });

  test('RKN-L1d a report of theft that names a transfer of somebody else opens no case', async () => {
    const day = at('2026-03-20');
    const theirs = await stolen(bank, await anotherHolder(), { at: day, amountYen: '1000' });
    const reference = walk.unique('theirs');
    expect(await walk.report({ reference, requestIds: [theirs] })).toMatchObject(
      refusal(422, 'transfer_unknown', 'RKN-L1d'),
    );
    const rows = await bank.admin('select 1 from loss_case where reference = $1', [reference]);
    expect(rows).toEqual([]);
    const own = await stolen(bank, walk.taro, { at: day, amountYen: '1000' });
    expect(await walk.report({ requestIds: [own] })).toMatchObject({ status: 200 });
  });
});

describe('what came back before the award', () => {
  test('X-05 SM-5.4-2 SM-14.5a it is set off, or nothing is decided', async () => {
    const pay = new TransferWalk(bank);
    const { branchCode } = await partyOf(bank, SAIKAI, 'hanako-2825');
    const to = {
      bankCode: '2825',
      branchCode,
      accountNumber: '9999999',
      nameKana: 'ミナト ハナコ',
    };
    const used = () =>
      bank.admin('select on_date, requested, designated from limit_use order by 1');
    const whole = await walk.balance(walk.taro.ledgerId);
    const pushed = await pay.pushed({ to, amountYen: '3000' });
    await pay.confirm(pushed, walk.taro, await pay.offered(pushed, walk.taro));
    const charged = await used();
    expect(charged.length).toBeGreaterThan(0);
    await bank.app.get(ClearingService, { strict: false }).deliverDue(CHUO);
    expect(await pay.settled(pushed)).toMatchObject({ aftercare: 'returned' });
    const [fee] = await bank.admin<{ fee: string }>('select fee from transfer where id = $1', [
      pushed.transferId,
    ]);
    // The amount is back and the fee is kept; what was used of the limit stays used (P.sm.limit.returnReleases: none).
    expect(await walk.balance(walk.taro.ledgerId)).toBe(whole - BigInt(fee?.fee ?? 0));
    expect(BigInt(fee?.fee ?? 0)).toBeGreaterThan(0n);
    expect(await used()).toEqual(charged);
    const now = new Date(await pay.now()).toISOString();
    const transfers = [aTransfer(pushed.transferId, now, '3000', `${fee?.fee}`)];
    const notices = [{ id: 'n', at: now, kind: 'notice', tellsOfMisuse: true }];
    const caseId = await walk.claimed({ transfers, notices }, '5000');
    expect(await walk.award(caseId)).toMatchObject({
      ...refusal(422, 'facts_contradict', 'SM-14.5a'),
      body: { facts: { field: 'setOffs', inLedger: '3000' } },
    });
    const setOffs = [{ id: 'return', kind: 'refund', amountYen: '3000' }];
    await walk.facts(caseId, claimOf(transfers, { notices, setOffs }), 1);
    const paid = await walk.approved(await walk.award(caseId, { factsVersion: 2 }));
    expect(paid).toMatchObject({ paidYen: `${fee?.fee}` });
  });
});
