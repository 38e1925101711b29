import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EndContractsJob } from '../../src/agreements/index.js';
import { ApprovalWalk } from './approval-walk.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { grounds, MeasureWalk, type Outcome } from './measure-walk.js';
import { aPartner, OwnWalk, type OwnAnswer } from './own-walk.js';

const KODAMA = 'cp_01j0000000000000000000kdma';
const LONG_MS = 240_000;

let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let approvals: ApprovalWalk;
let own: OwnWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank, aoba);
  approvals = new ApprovalWalk(bank);
  own = new OwnWalk(bank, aoba);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const contractDocument = {
  sha256: `sha256:${'ab'.repeat(32)}`,
  name: '連鎖接続契約書.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 48_213,
};
const proposal = { ...aPartner, contractDocument };
const propose = (over: object = {}): Promise<OwnAnswer> =>
  own.post('/chain-partners', { ...proposal, ...over });
const idOf = async (answer: Promise<OwnAnswer>) => String((await answer).body['partnerId']);
const contract = (partnerId: string, version = 1) =>
  walk.proposer.post(`/chain-partners/${partnerId}/contracts`, { reason: '契約を確認', version });
const end = (partnerId: string, more: object = {}) =>
  walk.proposer.post(`/chain-partners/${partnerId}/endings`, { reason: '契約の終了', ...more });
const asking = async (partner: string, permissions = ['accounts_read']) => {
  const { status, body } = await approvals.handOver({ permissions, as: { ...aoba, partner } });
  return status === 201 ? 'passes' : { status, code: body['code'] };
};
async function stateAt(partnerId: string, bankCode = '2963'): Promise<unknown> {
  const { body } = await walk.proposer.get(`/chain-partners/${partnerId}`);
  const all = body['connections'] as { bankCode: string; state: string }[];
  return all.find((one) => one.bankCode === bankCode)?.state;
}
async function inDays(days: number): Promise<string> {
  const [row] = await bank.admin<{ at: string }>(
    'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
  );
  return CivilDate.inTokyo(Number(row?.at)).plusDays(days).toString();
}

describe('RKN-C1a a partner’s contract', () => {
  let kamome = '';

  test('RKN-C1a/a until two people have registered its contract a partner passes no call', async () => {
    kamome = await idOf(propose());
    expect(await asking(kamome)).toEqual({ status: 403, code: 'chain_partner_unknown' });
    const proposed = await contract(kamome);
    expect((await walk.approve(proposed, walk.proposer)).body['code']).toBe('four_eyes_required');
    expect(await asking(kamome)).toEqual({ status: 403, code: 'chain_partner_unknown' });
    const done = await walk.approve(proposed);
    const [effect] = done.body['effects'] as Outcome[];
    const told = effect?.outcome['told'] as { state: string }[];
    expect([told.length, new Set(told.map(({ state }) => state))]).toEqual([
      15,
      new Set(['CONTRACTED']),
    ]);
    expect(await asking(kamome)).toBe('passes');
    expect(await stateAt(kamome)).toBe('CONTRACTED');
  });

  test('RKN-C1a what was filed is what people see: purpose, directions, scope and the document’s hash', async () => {
    const { body } = await walk.proposer.get(`/chain-partners/${kamome}`);
    expect(body['partner']).toMatchObject({
      epspId: aoba.epsp,
      status: 'contracted',
      purpose: '家計簿への表示',
      directions: ['INFO_OUT'],
      functions: ['accounts_read'],
      contractDocument,
    });
    const list = await walk.proposer.get(`/chain-partners?epspId=${aoba.epsp}&limit=2`);
    const first = list.body['chainPartners'] as { chainPartnerId: string }[];
    const after = first.at(-1)?.chainPartnerId ?? '';
    const rest = await walk.proposer.get(`/chain-partners?epspId=${aoba.epsp}&after=${after}`);
    const ids = [...first, ...(rest.body['chainPartners'] as typeof first)];
    expect(new Set(ids.map(({ chainPartnerId }) => chainPartnerId)).size).toBe(ids.length);
    expect(ids.map(({ chainPartnerId }) => chainPartnerId)).toContain(kamome);
  });

  test('RKN-C1a/c a scope beyond the contract is refused though the intermediary has it', async () => {
    const both = ['accounts_read', 'balances_read'];
    expect(await asking('none', both)).toBe('passes');
    expect(await asking(kamome, both)).toEqual({ status: 403, code: 'chain_partner_scope' });
  });

  test('RKN-C1a a scope beyond the intermediary’s own services is refused at the filing', async () => {
    const { body } = await own.get('');
    expect(body['services']).toHaveLength(1);
    await bank.admin('alter table federation.intermediary_service disable trigger all');
    await bank.admin(
      `update federation.intermediary_service set acts = '{fetches_account_information}'
       where intermediary_id = $1`,
      [aoba.epsp],
    );
    const wide = { functions: ['transfer_initiation'], directions: ['INSTRUCTION_IN'] };
    expect(await propose(wide)).toMatchObject({
      status: 422,
      body: { code: 'partner_scope_too_wide', clause: 'RKN-C1a' },
    });
    expect((await propose()).status).toBe(201);
  });

  test('RKN-C1a without purpose, method, document or legal standing no contract is registered', async () => {
    for (const missing of ['purpose', 'method', 'contractDocument', 'legalBasisKind']) {
      const partnerId = await idOf(propose({ [missing]: undefined }));
      expect(await contract(partnerId)).toMatchObject({
        status: 422,
        body: { code: 'contract_incomplete', clause: 'RKN-C1a' },
      });
    }
  });

  test('RKN-D2 a mere subcontractor, or a firm that does not stand before the user, is no chain partner', async () => {
    for (const over of [{ legalBasisKind: 'technical_subcontractor' }, { standsBeforeEpsp: false }])
      expect(await propose(over)).toMatchObject({
        status: 422,
        body: { code: 'not_a_chain_partner', clause: 'RKN-D2' },
      });
  });

  test('RKN-C1a two people register the version that they have seen, and no other', async () => {
    const partnerId = await idOf(propose());
    const blind = await walk.proposer.post(`/chain-partners/${partnerId}/contracts`, {
      reason: '契約を確認',
    });
    expect(blind).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    const proposed = await contract(partnerId);
    const correction = { version: 1, purpose: '家計簿への表示と分析' };
    expect((await own.patch(`/chain-partners/${partnerId}`, correction)).status).toBe(200);
    const changed = { status: 409, body: { code: 'contract_changed', clause: 'RKN-C1a' } };
    expect(await walk.approve(proposed)).toMatchObject(changed);
    expect(await asking(partnerId)).toEqual({ status: 403, code: 'chain_partner_unknown' });
    expect(await contract(partnerId, 1)).toMatchObject(changed);
    await walk.take(contract(partnerId, 2));
    expect(await asking(partnerId)).toBe('passes');
  });

  test('RKN-C1a registered once: a second time it is not open for that', async () => {
    expect(await contract(kamome)).toMatchObject({
      status: 409,
      body: { code: 'contract_not_open' },
    });
    expect((await contract('cp_01j00000000000000000000000')).status).toBe(404);
  });

  test(
    'RKN-C1a/b a contract that ends at a date passes calls until its last day, and none the day after',
    async () => {
      expect((await end(kamome, { lastDay: await inDays(-1) })).body).toMatchObject({
        code: 'date_in_the_past',
      });
      await walk.take(end(kamome, { lastDay: await inDays(1) }));
      await walk.daysPass(1);
      expect(await asking(kamome)).toBe('passes');
      await walk.daysPass(1);
      expect(await asking(kamome)).toEqual({ status: 403, code: 'chain_partner_unknown' });
      const job = bank.app.get(EndContractsJob, { strict: false });
      await job.run();
      await job.run();
      expect(await stateAt(kamome)).toBe('ENDED');
      const [row] = await bank.admin<{ n: number }>(
        `select count(*)::int as n from record
         where kind = 'chain_stop_contract_ended' and chain_partner_id = $1`,
        [kamome],
      );
      expect(row?.n).toBe(15);
    },
    LONG_MS,
  );

  test('RKN-C1a/b a contract that ends at once ends everywhere in one go', async () => {
    const partnerId = await idOf(propose());
    await walk.take(contract(partnerId));
    const done = await walk.take(end(partnerId));
    const told = done['told'] as { state: string }[];
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['ENDED']));
    expect(await asking(partnerId)).toEqual({ status: 403, code: 'chain_partner_unknown' });
    const { body } = await own.get(`/chain-partners/${partnerId}/acts`);
    expect(JSON.stringify(body)).toContain('ENDED');
  });
});

describe('the intermediary stops a partner itself', () => {
  test('RKN-C2b/b a withdrawal meets the request of the bank that asked, and starts nothing elsewhere', async () => {
    const asked = {
      ground: 'partner_default',
      grounds,
      explanation: '報告が滞っている',
    };
    await walk.take(walk.proposeStop(KODAMA, 'stop_demanded', asked));
    await walk.receive('stop_request');
    const stopped = await own.post(`/chain-partners/${KODAMA}/withdrawals`, {});
    expect(stopped.body).toEqual({ status: 'stopped' });
    expect([await stateAt(KODAMA), await stateAt(KODAMA, '2954')]).toEqual([
      'PARTNER_STOPPED',
      'CONTRACTED',
    ]);
    const announced = { kind: 'restriction', removed: [{ right: 'accounts_read', reach: KODAMA }] };
    expect((await walk.proposeStop(KODAMA, 'notice_sent', announced)).status).toBe(409);
  });

  test('T-14 another intermediary sees none of it', async () => {
    const other = new OwnWalk(bank, minato);
    expect((await other.get('/chain-partners')).body['data']).toEqual([]);
    expect((await other.get(`/chain-partners/${KODAMA}/acts`)).status).toBe(404);
  });
});
