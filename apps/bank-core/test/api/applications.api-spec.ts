import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { MeasureWalk } from './measure-walk.js';
import { OwnWalk } from './own-walk.js';

const LONG_MS = 240_000;
const STEPS = [
  'organisation',
  'contract_and_checklist',
  'software',
  'keys',
  'chain_partners',
  'sandbox_tests',
  'go_live',
];

let bank: BankCoreUnderTest;
let walk: MeasureWalk;
let epspId = '';
let applicationId = '';
let own: OwnWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new MeasureWalk(bank);
  await walk.logIn();
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

interface Step {
  readonly step: string;
  readonly state: string;
  readonly owner: string | null;
  readonly targetOn: string | null;
  readonly heldByIntermediarySeconds: number;
  readonly heldByBankSeconds: number;
}
const bankMove = (step: string, act: string, more: object = {}) =>
  walk.proposer.post(`/applications/${applicationId}/moves`, { step, act, ...more });
const ownMove = (step: string, more: object = {}, key?: string) =>
  own.post(`/applications/${applicationId}/moves`, { act: 'submitted', step, ...more }, key);
async function stepOf(name: string): Promise<Step | undefined> {
  const { body } = await own.get(`/applications/${applicationId}`);
  return (body['steps'] as Step[]).find(({ step }) => step === name);
}

describe('the way of an intermediary from first contact to going live', () => {
  test('the first contact is entered by the federation: known by name, pending, covered by nothing', async () => {
    const newcomer = {
      nameJa: '株式会社かざはや',
      nameKana: 'カザハヤ',
      nameEn: 'Kazahaya Inc.',
      contactJa: 'かざはや窓口',
      contactEn: 'Kazahaya desk',
      registration: '関東財務局長（電代）第9904号（見本）',
      registeredOn: '2026-10-01',
      source: '金融庁の登録一覧',
    };
    const entered = await walk.proposer.post('/intermediaries', newcomer);
    expect(entered.status).toBe(201);
    epspId = String(entered.body['epspId']);
    // Sent again it is entered once; under another name the registration is refused (T-07).
    expect((await walk.proposer.post('/intermediaries', newcomer)).body).toEqual({ epspId });
    const other = await walk.proposer.post('/intermediaries', {
      ...newcomer,
      nameJa: '株式会社別名',
    });
    expect([other.status, other.body['code']]).toEqual([409, 'registration_known']);
    own = new OwnWalk(bank, { client: 'kazahaya', epsp: epspId });
    expect((await own.get('')).body).toMatchObject({ status: 'pending', services: [] });
    const opened = await walk.proposer.post('/applications', { epspId, purpose: '家計簿サービス' });
    applicationId = String(opened.body['applicationId']);
    expect(applicationId).toMatch(/^app_/);
    const again = await walk.proposer.post('/applications', { epspId, purpose: '家計簿サービス' });
    expect(again.body).toEqual({ applicationId });
  });

  test('both sides see the same seven steps, whose move each is, and its clock', async () => {
    const { body } = await own.get(`/applications/${applicationId}`);
    const steps = body['steps'] as Step[];
    expect(steps.map(({ step }) => step)).toEqual(STEPS);
    expect(steps.at(-1)).toMatchObject({ state: 'waits', owner: null });
    await walk.hoursPass(2);
    expect((await ownMove('keys', { note: '鍵を登録' })).status).toBe(201);
    await walk.hoursPass(3);
    const seen = await stepOf('keys');
    expect(seen).toMatchObject({ state: 'submitted', owner: 'bank' });
    expect(seen?.heldByIntermediarySeconds).toBeGreaterThanOrEqual(7_200);
    expect(seen?.heldByBankSeconds).toBeGreaterThanOrEqual(3 * 3_600);
    const other = await walk.proposer.get(`/applications/${applicationId}`);
    const same = (other.body['steps'] as Step[]).find(({ step }) => step === 'keys');
    expect(same).toMatchObject({ state: 'submitted', owner: 'bank' });
  });

  test('a step goes back with a reason, and is taken once', async () => {
    expect(await bankMove('keys', 'returned')).toMatchObject({
      status: 422,
      body: { code: 'note_required' },
    });
    expect((await bankMove('keys', 'returned', { note: '鍵の長さ' })).status).toBe(201);
    expect(await bankMove('keys', 'returned', { note: '鍵の長さ' })).toMatchObject({
      status: 409,
      body: { code: 'step_not_open' },
    });
    const key = randomUUID();
    const first = await ownMove('keys', {}, key);
    expect((await ownMove('keys', {}, key)).replayed).toBe('true');
    expect(first.status).toBe(201);
    const { body } = await own.get(`/applications/${applicationId}`);
    expect((body['events'] as object[]).length).toBe(3);
    expect(JSON.stringify(body)).not.toContain('@renkei.example');
  });

  test('a target that passes is shown, and nothing follows by itself', async () => {
    expect(await bankMove('software', 'target_set', { targetOn: '2020-01-01' })).toMatchObject({
      status: 422,
      body: { code: 'target_in_the_past' },
    });
    const [row] = await bank.admin<{ day: string }>(
      `select (renkei_now() at time zone 'Asia/Tokyo')::date::text as day`,
    );
    await bankMove('software', 'target_set', { targetOn: row?.day });
    await walk.daysPass(2);
    const due = (await walk.proposer.get('/agreement-watch')).body['due'] as object[];
    expect(due).toContainEqual(
      expect.objectContaining({ kind: 'step_late_software', epspId, about: applicationId }),
    );
    expect(await stepOf('software')).toMatchObject({ state: 'open', owner: 'intermediary' });
  });

  test(
    'going live takes every other step, an agreement and two people',
    async () => {
      expect((await ownMove('go_live')).body['code']).toBe('steps_left');
      for (const step of STEPS.slice(0, -1)) {
        if (step === 'chain_partners') await bankMove(step, 'waived', { note: '連鎖接続なし' });
        else {
          if (step !== 'keys') await ownMove(step);
          expect((await bankMove(step, 'accepted')).status).toBe(201);
        }
      }
      const goLive = () => walk.proposer.post(`/applications/${applicationId}/go-live`, {});
      expect((await goLive()).body['code']).toBe('steps_left');
      expect((await ownMove('go_live', { note: '本番接続を希望' })).status).toBe(201);
      expect((await goLive()).body).toMatchObject({ code: 'agreement_missing', clause: 'RKN-0.2' });
      const [row] = await bank.admin<{ day: string }>(
        `select (renkei_now() at time zone 'Asia/Tokyo')::date::text as day`,
      );
      const version = walk.proposer.post('/agreements', { epspId, effectiveFrom: row?.day });
      const made = await walk.take(version);
      const agreement = String(made['agreementId']);
      const joined = walk.proposer.post(`/agreements/${agreement}/coverage-acts`, {
        act: 'join',
        bankCodes: ['2963'],
        reason: '加入',
      });
      await walk.take(joined);
      const asked = await goLive();
      expect((await walk.approve(asked, walk.proposer)).body['code']).toBe('four_eyes_required');
      expect((await own.get('')).body['status']).toBe('pending');
      const done = await walk.approve(asked);
      expect(done.body['effects']).toEqual([
        expect.objectContaining({ outcome: { status: 'active' } }),
      ]);
      expect((await own.get('')).body['status']).toBe('active');
      const { body } = await own.get('/applications');
      expect(body['applications']).toEqual([expect.objectContaining({ state: 'live' })]);
      expect((await ownMove('keys')).body['code']).toBe('application_over');
      const catalogue = JSON.stringify((await bank.call({ path: '/catalogue' })).body);
      expect(catalogue).toContain(epspId);
    },
    LONG_MS,
  );

  test('T-14 another intermediary’s application is unknown', async () => {
    const other = new OwnWalk(bank, minato);
    expect((await other.get(`/applications/${applicationId}`)).status).toBe(404);
    const path = `/applications/${applicationId}/moves`;
    expect((await other.post(path, { act: 'withdrawn' })).body['code']).toBe('not_found');
    expect((await other.get('/applications')).body['applications']).toEqual([]);
  });

  test('an intermediary opens one itself, once per key, and withdraws it', async () => {
    const other = new OwnWalk(bank, minato);
    const key = randomUUID();
    const opened = await other.post('/applications', { purpose: '新しいアプリ' }, key);
    expect((await other.post('/applications', { purpose: '新しいアプリ' }, key)).body).toEqual(
      opened.body,
    );
    const id = String(opened.body['applicationId']);
    expect((await other.post(`/applications/${id}/moves`, { act: 'withdrawn' })).status).toBe(201);
    expect((await other.get(`/applications/${id}`)).body['state']).toBe('withdrawn');
  });
});

describe('the register of intermediaries', () => {
  test('RKN-D3 a service is registered with its kind; what is neither kind is no such service', async () => {
    const service = (acts: string[]) =>
      walk.proposer.post(`/intermediaries/${epspId}/services`, {
        nameJa: 'かざはや家計',
        nameEn: 'Kazahaya Budget',
        acts,
        since: '2026-11-01',
      });
    expect(await service(['neither'])).toMatchObject({
      status: 422,
      body: { code: 'not_a_service', clause: 'RKN-D3' },
    });
    const made = await service(['fetches_account_information', 'neither']);
    expect(made.status).toBe(201);
    expect((await service(['fetches_account_information', 'neither'])).body).toEqual(made.body);
    expect((await own.get('')).body['services']).toEqual([
      expect.objectContaining({ acts: ['fetches_account_information'], nameEn: 'Kazahaya Budget' }),
    ]);
  });

  test('a registration that the authority revoked is a fact that the watch shows and that stops nothing', async () => {
    const entry = {
      registration: '関東財務局長（電代）第9904号（見本）',
      registeredOn: '2026-10-01',
      source: '金融庁の公表',
    };
    const path = `/intermediaries/${epspId}/registrations`;
    expect((await walk.proposer.post(path, { ...entry, revokedOn: '2026-09-30' })).status).toBe(
      422,
    );
    expect((await walk.proposer.post(path, { ...entry, revokedOn: '2026-11-01' })).body).toEqual({
      version: 2,
    });
    expect((await walk.proposer.post(path, { ...entry, revokedOn: '2026-11-01' })).body).toEqual({
      version: 2,
    });
    expect((await walk.proposer.get('/watch')).body['suggestions']).toContainEqual(
      expect.objectContaining({ rule: 'registration_gone', epspId }),
    );
    const due = (await walk.proposer.get('/agreement-watch')).body['due'] as object[];
    expect(due).toContainEqual(
      expect.objectContaining({ kind: 'registration_revoked', epspId, since: '2026-11-01' }),
    );
    const { body } = await walk.proposer.get(`/intermediaries/${epspId}`);
    expect(body).toMatchObject({ status: 'active', revokedSince: '2026-11-01' });
  });

  test('two people let an intermediary go for good: then nothing covers it', async () => {
    const going = walk.proposer.post(`/intermediaries/${epspId}/terminations`, { reason: '廃業' });
    expect(await walk.take(going)).toEqual({ status: 'terminated' });
    const { status, body } = await bank.call({
      method: 'POST',
      path: '/approvals',
      body: {},
      as: { epsp: epspId },
    });
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
    const [row] = await bank.admin<{ covered: boolean }>(
      `select exists (select from federation.intermediary i where i.id = $1 and i.status = 'active') as covered`,
      [epspId],
    );
    expect(row?.covered).toBe(false);
  });
});
