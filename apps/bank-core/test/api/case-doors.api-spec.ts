import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CaseWalk, CASES, refusal } from './case-walk.js';
import { officerAtWork } from './officers.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

describe('what bad input gets', () => {
  test('T-17 RKN-L2a the proposer does not approve an attribution', async () => {
    const caseId = await walk.paidCase('EPSP');
    const body = { finding: 'FI', grounds: 'log', evidence: ['ev'] };
    const proposed = await walk.post(caseId, 'attributions', body);
    expect(await walk.approve(proposed, walk.officer)).toMatchObject(
      refusal(403, 'four_eyes_required'),
    );
    expect((await walk.page(caseId))['attributions']).toEqual([]);
  });

  test('RKN-L3 an attribution without grounds or evidence is not even proposed', async () => {
    const caseId = await walk.paidCase('EPSP');
    const none = { finding: 'FI', grounds: '', evidence: [] };
    expect(await walk.post(caseId, 'attributions', none)).toMatchObject(
      refusal(422, 'grounds_missing', 'RKN-L3'),
    );
    const partner = { finding: 'CHAIN_PARTNER', grounds: 'log', evidence: ['ev'] };
    expect(await walk.post(caseId, 'attributions', partner)).toMatchObject(
      refusal(422, 'chain_partner_missing', 'RKN-L3'),
    );
  });

  test('T-20 an officer of another institution sees and does nothing here', async () => {
    const caseId = await walk.reported();
    const other = await officerAtWork(bank, 'saikai-clerk');
    expect(await other.get(`${CASES}/${caseId}`)).toMatchObject(refusal(403, 'role_missing'));
    expect(await other.get(CASES)).toMatchObject(refusal(403, 'role_missing'));
    expect(await other.get(`/cases/2825/${caseId}`)).toMatchObject(refusal(404, 'case_unknown'));
  });

  test('an auditor reads and does not write', async () => {
    const auditor = await officerAtWork(bank, 'auditor');
    const caseId = await walk.reported();
    expect((await auditor.get(`${CASES}/${caseId}`)).status).toBe(200);
    const body = { agreementClause: 'x' };
    expect(await auditor.post(`${CASES}/${caseId}/exemption`, body)).toMatchObject(
      refusal(403, 'role_missing'),
    );
  });

  test('the list goes on by id, newest first, without gap', async () => {
    const ids = [await walk.reported(), await walk.reported(), await walk.reported()];
    const first = await walk.officer.get(`${CASES}?limit=2`);
    const cases = (body: StaffBody) => (body['cases'] as { caseId: string }[]).map((c) => c.caseId);
    const second = await walk.officer.get(`${CASES}?limit=2&before=${String(first.body['next'])}`);
    const read = [...cases(first.body), ...cases(second.body)];
    expect(read).toEqual([...read].sort().reverse());
    for (const id of ids) expect(read).toContain(id);
    const none = await walk.officer.get(`${CASES}?epspId=epsp_01j0000000000000000000abft`);
    expect(none.body).toEqual({ cases: [], next: null });
  });
});

type StaffBody = Readonly<Record<string, unknown>>;
