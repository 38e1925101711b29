import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CaseDocuments } from '../../src/cases/case-documents.service.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { aClaim, at, aTransfer, CASES, CaseWalk, finding, refusal } from './case-walk.js';
import { officerAtWork, type StaffAnswer } from './officers.js';
import { CHUO, partyOf, SAIKAI, TransferWalk } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

describe('SM-13 evidence and exclusions', () => {
  const house = async (factors: readonly string[]) => {
    const pay = new TransferWalk(bank);
    const hanako = await partyOf(bank, SAIKAI, 'hanako-2825');
    const { branchCode, accountNumber } = hanako;
    const pushed = await pay.pushed({ to: { bankCode: '2825', branchCode, accountNumber } });
    const offer = await pay.offered(pushed, walk.taro);
    await pay.service.confirm({
      institutionId: CHUO,
      transferId: pushed.transferId,
      holderId: walk.taro.holderId,
      debitAccountId: walk.taro.accountId,
      contentHash: offer.contentHash,
      factors: [...factors] as never,
      interactionId: randomUUID(),
    });
    return pushed.transferId;
  };
  const pack = (id: string): Promise<StaffAnswer> => walk.officer.get(`${CASES}/evidence/${id}`);

  test('SM-13.1a/a the record gives the pack of any request, and due care may be found on it', async () => {
    const transferId = await house(['confirmation_password', 'one_time_password']);
    expect((await pack(transferId)).body).toMatchObject({
      factorsRequired: ['confirmation_password', 'one_time_password'],
      lacking: [],
      dueCareMayBeFound: true,
    });
    const caseId = await walk.reported();
    const body = { transferId, grounds: '要素はすべて一致した' };
    expect(await walk.post(caseId, 'due-care', body)).toMatchObject({ status: 200 });
    expect(await pack('trf_unknown')).toMatchObject(refusal(404, 'case_unknown'));
  });

  test('SM-13.1a/b with a required factor missing nobody can find due care', async () => {
    const transferId = await house(['confirmation_password']);
    const caseId = await walk.reported();
    const body = { transferId, grounds: 'it looked right' };
    expect(await walk.post(caseId, 'due-care', body)).toMatchObject({
      ...refusal(422, 'evidence_missing', 'SM-13.1a'),
    });
    expect((await walk.page(caseId))['notes']).toEqual([]);
  });

  test('SM-13.2-1/a where the institution is responsible the exclusion cannot be chosen', async () => {
    const caseId = await walk.reported({ category: 'outage' });
    const failure = {
      clause: 'SM-13.2-1',
      safeguardsTaken: true,
      grounds: '回線の障害',
      evidence: ['ev-incident'],
    };
    const with_ = (institutionResponsible: string) =>
      walk.post(caseId, 'exclusions', { ...failure, institutionResponsible });
    expect(await with_('yes')).toMatchObject(refusal(422, 'facts_contradict', 'SM-13.2-1'));
    expect(await with_('unknown')).toMatchObject(refusal(422, 'facts_contradict', 'SM-13.2-1'));
    expect(await with_('no')).toMatchObject({ status: 200 });
  });
});

describe('documents and replay', () => {
  test('T-26 SM-14.2e a decision is in writing, the same bytes each time, and replays', async () => {
    const caseId = await walk.claimed({ holderFault: finding('ordinary', 'ev') });
    const proposed = await walk.award(caseId, {
      amountYen: '60000',
      grounds: '<script>x</script>',
    });
    const { documentId, decisionId } = await walk.approved(proposed);
    const path = `${CASES}/${caseId}/documents/${String(documentId)}`;
    const json = await walk.officer.get(path);
    expect(json).toMatchObject({ status: 200 });
    expect(JSON.stringify(json.body)).toContain('補てんに関する決定通知');
    const documents = bank.app.get(CaseDocuments, { strict: false });
    const drawn = async (form: 'pdf' | 'html') =>
      Buffer.from((await documents.drawn(CHUO, caseId, String(documentId), form))?.bytes ?? []);
    const html = (await drawn('html')).toString();
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
    // Whoever holds a paper copy compares it with the record by what stands on the page.
    const [sealed] = await bank.admin<{ content_hash: string; key_id: string }>(
      'select content_hash, key_id from document where id = $1',
      [documentId],
    );
    for (const mark of [sealed?.content_hash, sealed?.key_id]) expect(html).toContain(mark);
    const pdf = await drawn('pdf');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await drawn('pdf')).equals(pdf)).toBe(true);
    const replayed = await walk.post(caseId, `decisions/${String(decisionId)}/replays`);
    expect(replayed).toMatchObject({ status: 200, body: { same: true } });
    expect(await walk.post(caseId, 'replays')).toMatchObject({ status: 200, body: { same: true } });
  });

  test('a decision is replayed by the values of its day, whatever is approved later', async () => {
    const caseId = await walk.claimed();
    const assessed = await walk.post(caseId, 'assessments');
    await bank.admin(
      `insert into parameter_value (institution_id, parameter, effective_from, value, entered_by, approved_by, sample)
       select institution_id, parameter, '2026-01-01', value || '{"windowDays": 1}', 'a', 'b', true
       from parameter_value where institution_id = $1 and parameter = 'P.rkn.fraudPolicy' limit 1`,
      [CHUO],
    );
    const id = String(assessed.body['decisionId']);
    expect(await walk.post(caseId, `decisions/${id}/replays`)).toMatchObject({
      body: { same: true, decision: assessed.body['decision'] },
    });
  });
});

describe('T-28 what-if and replay', () => {
  test('T-28 only officers, only of the institution, and everything tried is written down', async () => {
    const body = { about: 'compensation', claim: aClaim() };
    const saikai = await officerAtWork(bank, 'saikai-clerk');
    expect(await saikai.post(`${CASES}/what-if`, body)).toMatchObject(refusal(403, 'role_missing'));
    const nobody = await bank.app.inject({
      method: 'POST',
      url: `/staff/v1${CASES}/what-if`,
      payload: body,
    });
    expect(nobody.statusCode).toBe(401);
    const before = await bank.admin('select 1 from case_decision');
    const auditor = await officerAtWork(bank, 'auditor');
    expect(await auditor.post(`${CASES}/what-if`, body)).toMatchObject({ status: 200 });
    expect(await bank.admin('select 1 from case_decision')).toHaveLength(before.length);
    const rows = await bank.admin(
      `select act from case_probe where officer = 'auditor@renkei.example'`,
    );
    expect(rows).toEqual([{ act: 'what_if' }]);
    const records = await bank.admin(
      `select 1 from record where kind = 'case_probe' and content->>'officer' = 'auditor@renkei.example'`,
    );
    expect(records).toHaveLength(1);
  });

  test('T-28 a replay is an officer’s of that institution, written down, and changes nothing', async () => {
    const caseId = await walk.claimed();
    const made = await walk.post(caseId, 'assessments');
    const path = `${CASES}/${caseId}`;
    const decision = `${path}/decisions/${String(made.body['decisionId'])}/replays`;
    const saikai = await officerAtWork(bank, 'saikai-clerk');
    const auditor = await officerAtWork(bank, 'auditor');
    const before = await walk.page(caseId);
    for (const replay of [decision, `${path}/replays`]) {
      expect(await saikai.post(replay, {})).toMatchObject(refusal(403, 'role_missing'));
      expect(await auditor.post(replay, {})).toMatchObject({ status: 200, body: { same: true } });
    }
    // A case of one's own institution does not open a decision of another case.
    const other = await walk.reported();
    const foreign = `decisions/${String(made.body['decisionId'])}/replays`;
    expect(await walk.post(other, foreign)).toMatchObject(refusal(404, 'case_unknown'));
    const elsewhere = decision.replace('/2963/', '/2825/');
    expect(await saikai.post(elsewhere, {})).toMatchObject(refusal(404, 'case_unknown'));
    expect(await walk.page(caseId)).toEqual(before);
    const probes = await bank.admin<{ officer: string; act: string }>(
      `select officer, act from case_probe where act like 'replay%' and officer like 'auditor@%' order by id`,
    );
    expect(probes.map(({ act }) => act)).toEqual(['replay_decision', 'replay_case']);
  });

  test('T-28 a question is bounded in size, and so is how often it may be asked', async () => {
    const many = Array.from({ length: 201 }, (_, i) => aTransfer(`t-${i}`, at('2026-03-20'), '1'));
    const asked = (claim: object) =>
      walk.approver.post(`${CASES}/what-if`, { about: 'compensation', claim });
    expect(await asked(aClaim({ transfers: many }))).toMatchObject(
      refusal(400, 'validation_failed'),
    );
    await bank.admin(
      `insert into case_probe (institution_id, officer, act, subject, probed_at)
       select $1, 'chuo-approver@renkei.example', 'what_if', 'x', renkei_now() from generate_series(1, 60)`,
      [CHUO],
    );
    expect(await asked(aClaim())).toMatchObject(refusal(429, 'too_many_probes'));
    const path = `${CASES}/${await walk.reported()}/replays`;
    expect(await walk.approver.post(path, {})).toMatchObject(refusal(429, 'too_many_probes'));
    // The bound is one officer's, and it passes with its window.
    expect(await walk.officer.post(path, {})).toMatchObject({ status: 200 });
  });
});
