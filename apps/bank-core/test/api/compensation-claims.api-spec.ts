import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClearingService } from '../../src/clearing/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { aClaim, at, aTransfer, CASES, CaseWalk, finding, refusal } from './case-walk.js';
import { CHUO, partyOf, SAIKAI, TransferWalk } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

describe('SM-14.2 the award, by two people', () => {
  test('SM-14.2a/a SM-14.6 SM-14.7 without fault it is paid in full and once', async () => {
    const caseId = await walk.claimed();
    expect(await walk.award(caseId, { amountYen: '99999', grounds: 'less' })).toMatchObject(
      refusal(409, 'determination_not_open'),
    );
    const before = await walk.balance(walk.taro.ledgerId);
    const own = await walk.balance(6n);
    const proposed = await walk.award(caseId);
    const rival = await walk.award(caseId);
    expect(await walk.approved(proposed)).toMatchObject({ kind: 'full', paidYen: '100000' });
    expect(await walk.balance(walk.taro.ledgerId)).toBe(before + 100_000n);
    expect(await walk.balance(6n)).toBe(own - 100_000n);
    // A second award of the same claim finds it paid.
    expect(await walk.approve(rival, walk.approver)).toMatchObject(
      refusal(409, 'named_twice', 'SM-14.6'),
    );
    expect(await walk.balance(walk.taro.ledgerId)).toBe(before + 100_000n);
    expect(await walk.page(caseId)).toMatchObject({
      compensation: { paidYen: '100000', lapsedYen: '100000', passedOverYen: '100000' },
      sides: [{ side: 'EPSP' }, { side: 'FI', paidYen: '100000', burdenYen: '100000' }],
    });
  });

  test('SM-14.2e/a a part without grounds is refused, and so is an amount above the covered one', async () => {
    const caseId = await walk.claimed({ holderFault: finding('ordinary', 'ev') });
    expect(await walk.award(caseId, { amountYen: '50000', grounds: ' ' })).toMatchObject(
      refusal(422, 'grounds_missing', 'SM-14.2e'),
    );
    expect(await walk.award(caseId, { amountYen: '100001', grounds: 'x' })).toMatchObject(
      refusal(422, 'award_out_of_bounds', 'SM-14.2e'),
    );
    expect(await walk.award(caseId)).toMatchObject(refusal(422, 'grounds_missing', 'SM-14.2e'));
  });

  test('SM-14.2e/b the whole amount needs the finding that there was no fault', async () => {
    const caseId = await walk.claimed({ holderFault: finding('ordinary', 'ev') });
    expect(await walk.award(caseId, { amountYen: '100000', grounds: 'x' })).toMatchObject(
      refusal(422, 'no_fault_finding_required', 'SM-14.2e'),
    );
  });

  test('SM-14.2e INT-06 a part is set by one and approved by another', async () => {
    const caseId = await walk.claimed({ holderFault: finding('ordinary', 'ev') });
    const proposed = await walk.award(caseId, {
      amountYen: '60000',
      grounds: '使い回しのパスワード',
    });
    expect(await walk.approve(proposed, walk.officer)).toMatchObject(
      refusal(403, 'four_eyes_required'),
    );
    expect(await walk.approved(proposed)).toMatchObject({
      kind: 'discretionary',
      paidYen: '60000',
    });
  });

  test('SM-14.2e a recorded refusal: nothing is paid, on grounds of two people', async () => {
    const caseId = await walk.claimed({ holderFault: finding('ordinary', 'ev') });
    const proposed = await walk.award(caseId, { amountYen: '0', grounds: '警告の後に続けた' });
    expect(await walk.approved(proposed)).toMatchObject({ kind: 'discretionary', paidYen: '0' });
    expect((await walk.page(caseId))['compensation']).toBeNull();
  });

  test('SM-14.1* while facts are missing nothing is decided, and they are named', async () => {
    const caseId = await walk.claimed({ holderFault: finding('unknown') });
    expect(await walk.award(caseId)).toMatchObject({
      ...refusal(409, 'facts_missing', 'SM-14.2a'),
      body: { facts: { missing: ['holderFault'] } },
    });
  });

  test('facts that changed after the proposal stop its approval', async () => {
    const caseId = await walk.claimed();
    const proposed = await walk.award(caseId);
    const other = [await walk.misuse(at('2026-03-21'), '5')];
    expect(await walk.facts(caseId, aClaim({ transfers: other }), 1)).toMatchObject({
      status: 200,
    });
    expect(await walk.approve(proposed, walk.approver)).toMatchObject(
      refusal(409, 'version_not_open'),
    );
    expect(await walk.facts(caseId, aClaim({ transfers: other }), 1)).toMatchObject(
      refusal(409, 'version_taken'),
    );
  });

  test('RKN-L* one transfer is complained of in one case', async () => {
    const transfer = [await walk.misuse(at('2026-03-20'), '1')];
    await walk.claimed({ transfers: transfer });
    const second = await walk.reported();
    expect(await walk.facts(second, aClaim({ transfers: transfer }))).toMatchObject(
      refusal(409, 'transfer_in_other_case', 'RKN-L*'),
    );
    expect((await walk.page(second))['claim']).toBeNull();
  });
});

describe('SM-14.5, SM-14.6, SM-14.7 what was had already and what comes later', () => {
  const setOff = (kind: string, amountYen: string) => ({ id: `${kind}-1`, kind, amountYen });

  test.each([
    ['SM-14.5a/a repaid 30 of 100', [setOff('refund', '30000')], '70000'],
    [
      'SM-14.5b/a never below nothing',
      [setOff('refund', '30000'), setOff('damages', '80000')],
      '0',
    ],
  ])('%s', async (_title, setOffs, payableYen) => {
    expect(await walk.said({ setOffs })).toMatchObject({ payableYen });
  });

  test('SM-14.5b SM-14.6 SM-14.7 only what is paid lapses and passes over; nothing paid, nothing does', async () => {
    const partly = await walk.claimed({ setOffs: [setOff('damages', '30000')] });
    expect(await walk.approved(await walk.award(partly))).toMatchObject({ paidYen: '70000' });
    expect((await walk.page(partly))['compensation']).toMatchObject({
      paidYen: '70000',
      lapsedYen: '70000',
      passedOverYen: '70000',
    });
    const wholly = await walk.claimed({ setOffs: [setOff('unjust_enrichment', '100000')] });
    expect(await walk.approved(await walk.award(wholly))).toMatchObject({
      kind: 'full',
      paidYen: '0',
    });
    const page = await walk.page(wholly);
    expect(page).toMatchObject({ compensation: null, payments: [] });
    // Nobody has taken a claim over: what comes from the wrongdoer now is the holder's.
    const recovery = { id: walk.unique('recovery'), forSide: 'FI', amountYen: '1' };
    expect(await walk.post(wholly, 'recoveries', recovery)).toMatchObject({
      status: 200,
      body: { recoveries: [{ toPayerYen: '0', toHolderYen: '1' }] },
    });
    await expect(
      bank.admin('update case_compensation set lapsed = 0 where case_id = $1', [partly]),
    ).rejects.toThrow('append-only');
  });

  test('X-18 SM-14.2b SM-14.2d SM-14.5a covered 200,330, repaid 150,000: paid 50,330', async () => {
    const two = [
      await walk.misuse(at('2026-02-28'), '100000'),
      await walk.misuse(at('2026-03-01'), '200000', '330'),
    ];
    const changes = { transfers: two, setOffs: [setOff('refund', '150000')] };
    const caseId = await walk.claimed(changes, '300330');
    const before = await walk.balance(walk.taro.ledgerId);
    expect(await walk.approved(await walk.award(caseId))).toMatchObject({ paidYen: '50330' });
    expect(await walk.balance(walk.taro.ledgerId)).toBe(before + 50_330n);
  });

  test('SM-14.7/a what the wrongdoer pays beyond the compensation is the holder’s', async () => {
    const caseId = await walk.claimed();
    await walk.approved(await walk.award(caseId));
    const recovery = { id: walk.unique('recovery'), forSide: 'FI', amountYen: '130000' };
    expect(await walk.post(caseId, 'recoveries', recovery)).toMatchObject({
      status: 200,
      body: { recoveries: [{ toPayerYen: '100000', toHolderYen: '30000' }] },
    });
  });

  test('X-05 SM-14.6/a what comes back later is the institution’s up to what it paid', async () => {
    const pay = new TransferWalk(bank);
    const payee = await partyOf(bank, SAIKAI, 'hanako-2825');
    const to = {
      bankCode: '2825',
      branchCode: payee.branchCode,
      accountNumber: '9999999',
      nameKana: 'ミナト ハナコ',
    };
    // The message waits until the claim is paid: settling it fails as long as that is so.
    const waits = { for: '' };
    const clearing = bank.app.get(ClearingService, { strict: false });
    clearing.onSettled(async (_tx, { transferId }) => {
      if (transferId === waits.for) throw new Error('the other side does not answer');
    });
    const stolen = await pay.pushed({ to, amountYen: '3000' });
    waits.for = stolen.transferId;
    const fixed = await pay.confirm(stolen, walk.taro, await pay.offered(stolen, walk.taro));
    expect(fixed).toMatchObject({ ok: true });
    const happenedAt = new Date(await pay.now()).toISOString();
    const careless = {
      transfers: [aTransfer(stolen.transferId, happenedAt, '3000')],
      notices: [{ id: 'n', at: happenedAt, kind: 'notice', tellsOfMisuse: true }],
      holderFault: finding('ordinary', 'ev'),
    };
    const caseId = await walk.claimed(careless, '3000');
    await walk.approved(await walk.award(caseId, { amountYen: '2000', grounds: '一部の落ち度' }));
    const before = await walk.balance(walk.taro.ledgerId);
    const own = await walk.balance(6n);
    waits.for = '';
    await bank.admin('update clearing_outbox set due_at = now() where transfer_id = $1', [
      stolen.transferId,
    ]);
    await clearing.deliverDue(CHUO);
    expect(await pay.settled(stolen)).toMatchObject({ aftercare: 'returned' });
    expect(await walk.balance(6n)).toBe(own + 2_000n);
    expect(await walk.balance(walk.taro.ledgerId)).toBe(before + 1_000n);
    expect(await walk.page(caseId)).toMatchObject({
      sides: [{ side: 'EPSP' }, { side: 'FI', recoveredYen: '2000', burdenYen: '0' }],
    });
    const told = await bank.admin(
      `select kind from notice where holder_id = $1 and body like '%' || $2 || '%' order by id`,
      [walk.taro.holderId, caseId],
    );
    expect(told).toEqual([{ kind: 'case_decided' }, { kind: 'case_returned' }]);
  });
});

describe('RKN-L1d the policy, and X-10', () => {
  test.each([
    ['RKN-L1d/a no fault in the window', {}, 'FULL', '100000'],
    [
      'RKN-L1d/b negligence: no amount is suggested',
      { holderFault: finding('ordinary', 'e') },
      'INDIVIDUAL',
      null,
    ],
    [
      'RKN-L1d/c gross negligence: as the policy says',
      { holderFault: finding('gross', 'e') },
      'NONE',
      '0',
    ],
  ])('%s', async (_title, facts, proposal, proposedYen) => {
    expect(await walk.said(facts, 'fraud_policy')).toMatchObject({ proposal, proposedYen });
  });

  test('RKN-L1d/d a corporate user is outside the policy', async () => {
    const answer = await walk.officer.post(`${CASES}/what-if`, {
      about: 'fraud_policy',
      holderKind: 'corporate',
      claim: aClaim(),
    });
    expect(answer.body['decision']).toMatchObject({ outcome: { proposal: 'OUTSIDE' } });
  });

  test('RKN-L1d/e the policy is the version in force on the day of the notice', async () => {
    const policy = { version: 2, noFault: 'INDIVIDUAL' };
    await bank.admin(
      `insert into parameter_value (institution_id, parameter, effective_from, value, entered_by, approved_by, sample)
       select institution_id, parameter, '2026-04-01',
         jsonb_set(value, '{proposals,noFault}', to_jsonb($1::text)), 'a', 'b', true
       from parameter_value where institution_id = $2 and parameter = 'P.rkn.fraudPolicy'`,
      [policy.noFault, CHUO],
    );
    const noticed = (day: string) => [
      { id: 'n', at: at(day), kind: 'notice', tellsOfMisuse: true },
    ];
    expect(await walk.said({ notices: noticed('2026-03-31') }, 'fraud_policy')).toMatchObject({
      proposal: 'FULL',
    });
    expect(await walk.said({ notices: noticed('2026-04-01') }, 'fraud_policy')).toMatchObject({
      proposal: 'INDIVIDUAL',
    });
  });

  test('X-10 RKN-L1d RKN-L2a the intermediary pays and claims; the bank pays not', async () => {
    const misuse = [await walk.misuse(at('2026-03-02'), '100000')];
    const caseId = await walk.claimed({ transfers: misuse });
    const assessed = await walk.post(caseId, 'assessments');
    expect(assessed.body['decision']).toMatchObject({
      outcome: { proposal: 'FULL', proposedYen: '100000' },
    });
    await walk.post(caseId, 'scope', { scope: 'service', evidence: ['ev'] });
    const open = await walk.award(caseId);
    expect(await walk.pay(caseId, 'EPSP', '100000')).toMatchObject({ status: 200 });
    expect(await walk.approve(open, walk.approver)).toMatchObject(
      refusal(422, 'payment_exceeds_loss', 'RKN-L*'),
    );
    await walk.attributed(caseId, 'FI');
    expect(await walk.claim(caseId, 'EPSP', '100001')).toMatchObject(
      refusal(422, 'claim_exceeds_paid', 'RKN-L2a'),
    );
    expect(await walk.claim(caseId, 'EPSP', '100000')).toMatchObject({ status: 201 });
  });

  test('RKN-L1c/b once assessed, the exemption of a fraud case may be recorded', async () => {
    const caseId = await walk.claimed();
    await walk.post(caseId, 'assessments');
    const body = { agreementClause: '第15条' };
    expect(await walk.post(caseId, 'exemption', body)).toMatchObject({ status: 200 });
  });
});
