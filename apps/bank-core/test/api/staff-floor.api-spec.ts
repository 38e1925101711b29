import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accepted } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { ProposalDesk, StaffService, type ProposalKind } from '../../src/staff/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { OfficerAtWork, officerAtWork } from './officers.js';
import { CHUO, SAIKAI } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let approver: OfficerAtWork;
let second: OfficerAtWork;

beforeAll(async () => {
  bank = await startBankCore();
  approver = await officerAtWork(bank, 'approver');
  second = await officerAtWork(bank, 'second-approver');
});
afterAll(() => bank.stop());

describe('log-in over the network', () => {
  test('T-17 takes password and one-time code, and a code is used up', async () => {
    const officer = new OfficerAtWork(bank, 'auditor@renkei.example');
    const code = await officer.code();
    expect(await officer.logIn({ oneTimeCode: '000000' })).toMatchObject({
      status: 401,
      body: { code: 'staff_login_failed' },
    });
    expect(await officer.logIn({ password: 'wrong', oneTimeCode: code })).toMatchObject({
      status: 401,
    });
    expect((await officer.logIn({ oneTimeCode: code })).status).toBe(201);
    expect((await officer.logIn({ oneTimeCode: code })).status).toBe(401);
    const me = await officer.get('/me');
    expect(me.body).toMatchObject({
      mailAddress: 'auditor@renkei.example',
      grants: [{ role: 'auditor', bankCode: null }],
    });
  });

  test('T-03 the cookie stays on its hostname and leaves with the session', async () => {
    const officer = new OfficerAtWork(bank, 'chuo-approver@renkei.example');
    const opened = await officer.logIn();
    expect(String(opened.headers['set-cookie'])).toMatch(
      /^__Host-renkei-staff=[\w-]{43}; .*Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
    expect((await officer.call('DELETE', '/sessions/current')).status).toBe(204);
    expect(await officer.get('/me')).toMatchObject({
      status: 401,
      body: { code: 'staff_session_missing' },
    });
  });

  test('T-05 what changes something has to come from the console itself', async () => {
    const body = { mailAddress: 'auditor@renkei.example', act: 'grant', role: 'operations' };
    for (const headers of [{}, { origin: 'https://evil.example' }] as Record<string, string>[])
      expect((await approver.call('POST', '/role-changes', body, headers)).status).toBe(401);
  });

  test('T-22 the table of sessions logs nobody in', async () => {
    const rows = await bank.admin<{ secret_hash: Buffer }>(
      'select secret_hash from federation.staff_session',
    );
    const staff = bank.app.get(StaffService);
    for (const { secret_hash } of rows)
      expect(await staff.memberOf(secret_hash.toString('base64url'))).toMatchObject({ ok: false });
  });
});

describe('T-17 roles', () => {
  const toOperations = {
    mailAddress: 'auditor@renkei.example',
    act: 'grant',
    role: 'operations',
    bankCode: '2963',
  };

  test('change by two people, and hold at their institution from that moment', async () => {
    const proposed = await approver.post('/role-changes', toOperations);
    expect(proposed).toMatchObject({ status: 202, body: { state: 'open', bankCodes: ['2963'] } });
    const path = `/proposals/${String(proposed.body['id'])}/decisions`;
    const { contentHash } = proposed.body;
    expect(await approver.post(path, { decision: 'approve', contentHash })).toMatchObject({
      status: 403,
      body: { code: 'four_eyes_required' },
    });
    const other = `sha256:${'0'.repeat(64)}`;
    expect(await second.post(path, { decision: 'approve', contentHash: other })).toMatchObject({
      status: 409,
      body: { code: 'proposal_changed' },
    });
    expect(await second.post(path, { decision: 'approve', contentHash })).toMatchObject({
      status: 200,
      body: { state: 'approved', effects: [{ bankCode: '2963', outcome: { changed: true } }] },
    });
    expect(await second.post(path, { decision: 'approve', contentHash })).toMatchObject({
      status: 409,
      body: { code: 'proposal_ended' },
    });
    const grants = await bank.admin(
      `select role, institution_id from federation.staff_role
       where mail_address = $1 and until is null order by role`,
      [toOperations.mailAddress],
    );
    expect(grants).toEqual([
      { role: 'auditor', institution_id: null },
      { role: 'operations', institution_id: CHUO },
    ]);
  });

  test('nobody proposes or approves what he himself may do', async () => {
    const own = { ...toOperations, mailAddress: approver.mailAddress };
    expect(await approver.post('/role-changes', own)).toMatchObject({
      status: 403,
      body: { code: 'role_of_oneself' },
    });
    const proposed = await second.post('/role-changes', own);
    const third = await officerAtWork(bank, 'saikai-approver');
    const path = `/proposals/${String(proposed.body['id'])}/decisions`;
    const { contentHash } = proposed.body;
    expect(await approver.post(path, { decision: 'approve', contentHash })).toMatchObject({
      status: 403,
      body: { code: 'role_of_oneself' },
    });
    // Another institution's officer does not even see it.
    expect(await third.post(path, { decision: 'approve', contentHash })).toMatchObject({
      status: 404,
      body: { code: 'proposal_unknown' },
    });
  });

  test('an approver of one bank gives no role at another or at the federation', async () => {
    const chuo = await officerAtWork(bank, 'chuo-approver');
    for (const bankCode of ['2825', undefined])
      expect(await chuo.post('/role-changes', { ...toOperations, bankCode })).toMatchObject({
        status: 403,
        body: { code: 'role_missing' },
      });
  });

  test('a proposal is withdrawn by its author or rejected by another, with a reason, once', async () => {
    const change = { ...toOperations, role: 'branch_clerk' };
    for (const [by, state] of [
      [approver, 'withdrawn'],
      [second, 'rejected'],
    ] as const) {
      const proposed = await approver.post('/role-changes', change);
      const path = `/proposals/${String(proposed.body['id'])}/decisions`;
      expect((await by.post(path, { decision: 'end' })).status).toBe(400);
      expect(await by.post(path, { decision: 'end', reason: '誤り' })).toMatchObject({
        status: 200,
        body: { state, reason: '誤り' },
      });
      expect((await by.post(path, { decision: 'end', reason: '再度' })).status).toBe(409);
    }
  });
});

describe('what two people agreed on', () => {
  const failing = { once: true };
  const done: (number | undefined)[] = [];
  const kind: ProposalKind<{ what: string }> = {
    kind: 'test_measure',
    proposerRole: 'compliance',
    approverRole: 'approver',
    check: () => Promise.resolve(accepted(undefined)),
    carryOut: (_, { institutionId }) => {
      if (institutionId === SAIKAI && failing.once) {
        failing.once = false;
        return Promise.reject(new Error('the server died here'));
      }
      done.push(institutionId);
      return Promise.resolve({ done: institutionId });
    },
    problemOf: () => platformProblem('not_found'),
  };

  test('T-17 takes effect once at each institution, although the first try died in between', async () => {
    const desk = bank.app.get(ProposalDesk);
    const staff = bank.app.get(StaffService);
    desk.register(kind);
    const [by, other] = await Promise.all(
      ['compliance', 'approver'].map(async (name) => {
        const member = await staff.login(`${name}@renkei.example`, 'Staff-Password-1');
        if (!member.ok) throw new Error(member.refusal.code);
        return member.value;
      }),
    );
    if (!by || !other) throw new Error('nobody');
    const proposed = await desk.propose(by, 'test_measure', { what: 'x' }, [CHUO, SAIKAI]);
    if (!proposed.ok) throw new Error(proposed.refusal.code);
    const { id, contentHash } = proposed.value.proposal;
    await expect(desk.approve(id, other, contentHash)).rejects.toThrow('died');
    expect((await desk.find(id))?.effects).toEqual([
      { institutionId: CHUO, outcome: { done: CHUO } },
    ]);
    await Promise.all([desk.resume(), desk.resume()]);
    expect(done).toEqual([CHUO, SAIKAI]);
    expect((await desk.find(id))?.effects).toHaveLength(2);
  });
});
