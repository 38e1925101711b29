import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { at, aTransfer, CASES, CaseWalk, finding, refusal } from './case-walk.js';
import { officerAtWork, type OfficerAtWork } from './officers.js';
import { stolen } from './stolen-money.js';
import { CHUO, partyOf, SAIKAI, TransferWalk, type Party } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

describe('SM-13.1b who may claim although liability is excluded', () => {
  test('SM-13.1b/a SM-13.1a a corporate holder: the exclusion alone is left, with its warning', async () => {
    const caseId = await walk.claimed({ holderIsIndividual: finding('no', 'ev-register') });
    const paid = await walk.approved(await walk.award(caseId));
    expect(paid).toMatchObject({ kind: 'not_applicable', paidYen: '0' });
    const page = await walk.page(caseId);
    expect(page).toMatchObject({ compensation: null, uncoveredYen: '100000' });
    expect(JSON.stringify(page['events'])).toContain('消費者契約法8条');
  });

  test('SM-13.1b/b SM-13.3 a leak on the line excludes, and an individual is compensated all the same', async () => {
    const caseId = await walk.claimed();
    expect(await walk.exclusion(caseId, 'SM-13.3')).toMatchObject({
      status: 200,
      body: { leavesOpen: ['SM-13.1b'], institutionResponsible: 'no' },
    });
    expect(await walk.exclusion(caseId, 'SM-13.3', { evidence: [] })).toMatchObject(
      refusal(422, 'evidence_missing', 'SM-13.3'),
    );
    expect(await walk.approved(await walk.award(caseId))).toMatchObject({
      kind: 'full',
      paidYen: '100000',
    });
    expect((await walk.page(caseId))['notes']).toMatchObject([
      { kind: 'exclusion', content: { clause: 'SM-13.3' } },
    ]);
  });

  test('SM-13.1b/c SM-13.4 a letter lost in the post: the same, where the institution is not to blame', async () => {
    const caseId = await walk.claimed();
    const blamed = { institutionResponsible: 'yes', grounds: '宛先の登録誤り' };
    expect(await walk.exclusion(caseId, 'SM-13.4', blamed)).toMatchObject(
      refusal(422, 'facts_contradict', 'SM-13.4'),
    );
    const accident = { grounds: '郵便事故の届出を確認した' };
    expect(await walk.exclusion(caseId, 'SM-13.4', accident)).toMatchObject({
      status: 200,
      body: { leavesOpen: ['SM-13.1b'] },
    });
    expect(await walk.approved(await walk.award(caseId))).toMatchObject({ kind: 'full' });
  });

  test('SM-13.1b/d an overdraft wrongly drawn is a loss like a reduced deposit', async () => {
    const { taro } = walk;
    await bank.admin('update account set overdraft = 50000 where institution_id = $1 and id = $2', [
      CHUO,
      taro.ledgerId,
    ]);
    const day = at('2026-03-20');
    const balance = await walk.balance(taro.ledgerId);
    const amountYen = `${balance + 50_000n}`;
    const id = await stolen(bank, taro, { at: day, amountYen, onCredit: true });
    expect(await walk.balance(taro.ledgerId)).toBe(-50_000n);
    const transfers = [aTransfer(id, day, amountYen)];
    const caseId = await walk.claimed({ transfers }, amountYen);
    expect(await walk.approved(await walk.award(caseId))).toMatchObject({
      kind: 'full',
      paidYen: amountYen,
    });
    expect(await walk.balance(taro.ledgerId)).toBe(balance);
  });
});

describe('SM-13.2 to SM-13.6 findings that feed an assessment', () => {
  test('SM-13.2-2/a of a request that was cut off the record says fixed or not fixed', async () => {
    const pay = new TransferWalk(bank);
    const { branchCode, accountNumber } = await partyOf(bank, SAIKAI, 'hanako-2825');
    const to = { bankCode: '2825', branchCode, accountNumber };
    const cut = await pay.pushed({ to });
    const fixed = await pay.pushed({ to });
    await pay.confirm(fixed, walk.taro, await pay.offered(fixed, walk.taro));
    await pay.offered(cut, walk.taro);
    const caseId = await walk.reported({ category: 'outage' });
    const said = async (transferId: string) =>
      (await walk.exclusion(caseId, 'SM-13.2-2', { transferId })).body['request'];
    expect(await said(fixed.transferId)).toEqual({ id: fixed.transferId, state: 'fixed' });
    expect(await said(cut.transferId)).toEqual({ id: cut.transferId, state: 'not_fixed' });
    expect(await walk.exclusion(caseId, 'SM-13.2-2')).toMatchObject(
      refusal(422, 'evidence_missing', 'SM-13.2-2'),
    );
  });

  test('SM-13.6a disaster, law, authority: found by a person on evidence, or not at all', async () => {
    const caseId = await walk.reported({ category: 'outage' });
    const cause = { incidentCause: 'disaster_law_authority' };
    expect(await walk.exclusion(caseId, 'SM-13.6a')).toMatchObject({
      ...refusal(422, 'record_incomplete', 'SM-13.6a'),
      body: { facts: { missing: ['incidentCause'] } },
    });
    expect(await walk.exclusion(caseId, 'SM-13.6a', { ...cause, evidence: [] })).toMatchObject({
      ...refusal(422, 'record_incomplete', 'SM-13.6a'),
      body: { facts: { missing: ['evidence'] } },
    });
    const other = { incidentCause: 'communication_path' };
    expect(await walk.exclusion(caseId, 'SM-13.6a', other)).toMatchObject(
      refusal(422, 'facts_contradict', 'SM-13.6a'),
    );
    expect((await walk.page(caseId))['notes']).toEqual([]);
    expect(await walk.exclusion(caseId, 'SM-13.6a', cause)).toMatchObject({
      status: 200,
      body: { foundBy: 'chuo-compliance@renkei.example', warning: { ja: expect.anything() } },
    });
  });

  test('SM-13.6b what the holder has to provide is shown, and a failure of it is on record', async () => {
    const { body } = await walk.officer.get(`${CASES}/exclusions`);
    const all = body['exclusions'] as { clause: string; shownAt: string[]; rule: { ja: string } }[];
    const own = all.find(({ clause }) => clause === 'SM-13.6b');
    expect(own?.shownAt).toContain('supported environments');
    expect(own?.rule.ja).toContain('端末');
    const caseId = await walk.reported({ category: 'outage' });
    expect(await walk.exclusion(caseId, 'SM-13.6b', { grounds: '端末の故障' })).toMatchObject({
      status: 200,
      body: { clause: 'SM-13.6b', leavesOpen: [] },
    });
  });

  test('SM-13 a finding is an officer’s of that institution', async () => {
    const caseId = await walk.reported({ category: 'outage' });
    const auditor = await officerAtWork(bank, 'auditor');
    const body = {
      clause: 'SM-13.6b',
      grounds: 'x',
      evidence: ['e'],
      institutionResponsible: 'no',
    };
    expect(await auditor.post(`${CASES}/${caseId}/exclusions`, body)).toMatchObject(
      refusal(403, 'role_missing'),
    );
  });
});

describe('SM-13.5 papers and their seals', () => {
  const PAPERS = '/papers/2825';
  let clerk: OfficerAtWork;
  let hanako: Party;
  beforeAll(async () => {
    clerk = await officerAtWork(bank, 'saikai-clerk');
    hanako = await partyOf(bank, SAIKAI, 'hanako-2825');
  });
  const seal = { by: '伊藤', at: at('2026-04-01', '10:05:00'), matched: true };
  const paper = (more: object) => ({
    kind: 'termination',
    holderId: hanako.holderId,
    formReference: walk.unique('F'),
    receivedAt: at('2026-04-01', '10:00:00'),
    ...more,
  });

  test.each([
    ['SM-13.5/a SM-10.3d a raise of the limit', 'limit_raise', 'SM-10.3d'],
    ['SM-13.5/a SM-11.1 a termination', 'termination', 'SM-11.1'],
    ['SM-13.5/a SM-12.2a a change of service accounts', 'service_account_change', 'SM-12.2a'],
  ])('%s on paper without a seal check is refused', async (_title, kind, asksForPaper) => {
    for (const sealCheck of [undefined, { ...seal, by: ' ' }])
      expect(await clerk.post(PAPERS, paper({ kind, sealCheck }))).toMatchObject({
        ...refusal(422, 'seal_check_missing', 'SM-13.5'),
        body: { facts: { asksForPaper } },
      });
    expect(await clerk.post(PAPERS, paper({ kind, sealCheck: seal }))).toMatchObject({
      status: 200,
      body: { kind, sealCheck: { by: '伊藤', matched: true } },
    });
  });

  test('SM-13.5 the same form is one entry, and nobody changes it', async () => {
    const told = paper({ sealCheck: seal });
    const once = await clerk.post(PAPERS, told);
    expect((await clerk.post(PAPERS, told)).body).toEqual(once.body);
    await expect(
      bank.admin('update paper_entry set seal_matched = false where id = $1', [once.body['id']]),
    ).rejects.toThrow('append-only');
    expect(await clerk.post(PAPERS, paper({ holderId: `hld_${'0'.repeat(26)}` }))).toMatchObject(
      refusal(422, 'seal_check_missing'),
    );
    const nobody = { holderId: `hld_${'0'.repeat(26)}`, sealCheck: seal };
    expect(await clerk.post(PAPERS, paper(nobody))).toMatchObject(
      refusal(422, 'paper_holder_unknown'),
    );
    expect(await walk.officer.post(PAPERS, told)).toMatchObject(refusal(403, 'role_missing'));
  });

  test('SM-13.5 the exclusion rests on a paper whose seal matched', async () => {
    const reported = await clerk.post('/cases/2825', {
      origin: 'holder',
      reference: walk.unique('paper'),
      category: 'other',
      lossYen: '1000',
      occurredAt: at('2026-04-01'),
      knownAt: at('2026-04-02'),
      holderId: hanako.holderId,
      requestIds: [],
    });
    const path = `/cases/2825/${String(reported.body['caseId'])}/exclusions`;
    const body = {
      clause: 'SM-13.5',
      grounds: '印鑑照合の記録による',
      evidence: ['ev-paper'],
      institutionResponsible: 'no',
    };
    expect(await clerk.post(path, body)).toMatchObject(
      refusal(422, 'seal_check_missing', 'SM-13.5'),
    );
    const entered = async (matched: boolean) =>
      (await clerk.post(PAPERS, paper({ sealCheck: { ...seal, matched } }))).body['id'];
    expect(await clerk.post(path, { ...body, paperId: await entered(false) })).toMatchObject(
      refusal(422, 'facts_contradict', 'SM-13.5'),
    );
    expect(await clerk.post(path, { ...body, paperId: await entered(true) })).toMatchObject({
      status: 200,
      body: { paper: { by: '伊藤', matched: true } },
    });
  });
});
