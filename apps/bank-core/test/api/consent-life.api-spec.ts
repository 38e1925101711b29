import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { HoldersService } from '../../src/holders/index.js';
import { ExpireConsentsJob } from '../../src/consents/expire-consents.job.js';
import { FollowAccountsJob } from '../../src/consents/follow-accounts.job.js';
import { FollowPartiesJob } from '../../src/consents/follow-parties.job.js';
import { landed, stillHere, type ApprovalWalk } from './approval-walk.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { ConsentWalk } from './consent-walk.js';
import { putLinkState } from './put-link-state.js';
import { CHUO } from './transfer-stories.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';

let bank: BankCoreUnderTest;
let own: ConsentWalk;
let walk: ApprovalWalk;

beforeAll(async () => {
  bank = await startBankCore();
  own = new ConsentWalk(bank);
  walk = own.approvals;
});
afterAll(() => bank.stop());
/** Each test has the holder's consents to itself. */
beforeEach(async () => {
  await bank.admin(`update consent set state = 'revoked', frozen_for = '{}' where state in
    ('authorised', 'frozen')`);
});

const get = (path: string, as?: object) => own.get(path, as);
const view = (id: string, as?: object) => own.view(id, as);
const changesOf = (id: string, as?: object) => own.changesOf(id, as);
const consented = (as?: object, accounts?: number) => own.consented(as, accounts);
const waiting = () => own.list('?state=awaiting_authorisation');

const putLink = (state: 'suspended' | 'active' | 'terminated', chainPartnerId = '*') =>
  putLinkState(bank, CHUO, { epspId: aoba.epsp, chainPartnerId, state });

async function moveService(
  from: 'active' | 'locked' | 'stopped',
  to: 'active' | 'locked' | 'stopped' | 'terminated',
): Promise<void> {
  const [row] = await bank.admin<{ id: string }>(
    `select id from holder where login_id = 'taro-2963'`,
  );
  await bank.database.inInstitution(CHUO, (tx) =>
    bank.app.get(HoldersService, { strict: false }).moveServiceState(tx, {
      institutionId: CHUO,
      holderId: row!.id,
      from: [from],
      to,
      at: Date.now(),
    }),
  );
}
const read = (consent: string, as: object = {}) =>
  bank.call({ path: '/institutions/2963/accounts', as: { ...as, consent } });

describe('asked for, given or not', () => {
  test('RKN-S1 what is asked for can be read from then on; every version has reason and actor', async () => {
    const url = await walk.open();
    const [asked] = await waiting();
    expect(asked).toMatchObject({
      reason: { code: 'asked', by: 'intermediary' },
      version: 1,
      grantedAt: null,
      expiresAt: null,
    });
    const browser = walk.browser();
    const accounts = await walk.logIn(stillHere(await browser.open(url)), browser);
    const consent = stillHere(await browser.press(accounts.tick('account-1'), 'next'));
    landed(await browser.press(consent, 'approve'));
    const id = asked!.consentId;
    expect(await view(id)).toMatchObject({
      state: 'authorised',
      reason: { code: 'agreed', by: 'customer' },
      version: 2,
    });
    expect(await changesOf(id)).toEqual(['authorised', 'asked']);
  });

  test('RKN-S1/c RKN-D6 what is told of a yes tells when its consent has ended since', async () => {
    const browser = walk.browser();
    const page = await walk.logIn(stillHere(await browser.open(await walk.open())), browser);
    const consent = stillHere(await browser.press(page.tick('account-1'), 'next'));
    const end = landed(await browser.press(consent, 'approve'));
    const told = async () =>
      (await walk.result(end)).body['consent'] as { consentId: string; endedCode: string | null };
    const { consentId, endedCode } = await told();
    expect(endedCode).toBeNull();
    await moveService('active', 'locked');
    expect((await view(consentId)).state).toBe('frozen');
    // Frozen is not over: the grant waits for the bank as the consent does.
    expect((await told()).endedCode).toBeNull();
    await moveService('locked', 'active');
    const path = `/institutions/2963/consents/${consentId}/revocations`;
    await bank.call({ method: 'POST', path, body: { reason: 'no_longer_needed' } });
    expect((await told()).endedCode).toBe('consent_revoked');
  });

  test('RKN-D6 who goes back rejects, and says so to the intermediary', async () => {
    const url = await walk.open();
    const id = (await waiting())[0]!.consentId;
    const browser = walk.browser();
    landed(await browser.press(stillHere(await browser.open(url)), 'cancel'));
    expect(await view(id)).toMatchObject({
      state: 'rejected',
      reason: { code: 'user_cancelled', by: 'customer' },
    });
  });

  test('RKN-S1 what nobody decided in time expires; the same request opened again keeps its consent', async () => {
    const requestKey = 'opened twice';
    await walk.open({ requestKey });
    const ids = async () => (await waiting()).map(({ consentId }) => consentId);
    const before = await ids();
    await walk.open({ requestKey });
    expect(await ids()).toEqual(before);
    await bank.admin(
      `update consent set decide_by = renkei_now() - interval '1 second' where id = any ($1)`,
      [before],
    );
    await bank.app.get(ExpireConsentsJob).run();
    expect(await view(before[0]!)).toMatchObject({
      state: 'expired',
      reason: { code: 'not_decided_in_time', by: 'system' },
    });
  });

  test('T-02 the same key with other content is refused: nothing is shown that was not asked for', async () => {
    const requestKey = 'one key, two contents';
    await walk.open({ requestKey });
    for (const other of [
      { permissions: ['accounts_read'] },
      { purpose: 'bookkeeping' },
      { bankCode: '2951' },
      { bankCode: null },
    ])
      expect(await walk.handOver({ requestKey, ...other })).toMatchObject({
        status: 409,
        body: { code: 'state_conflict' },
      });
    expect((await walk.handOver({ requestKey })).status).toBe(201);
  });

  test('where the holder picks the institution, the consent is written down at the log-in', async () => {
    const browser = walk.browser();
    const choice = stillHere(await browser.open(await walk.open({ bankCode: null })));
    const before = (await waiting()).length;
    const [, id] = /id="(institution-\d+)" name="institution" value="2963"/.exec(choice.html) ?? [];
    const login = stillHere(await browser.press(choice.tick(id ?? ''), 'next'));
    await walk.logIn(login, browser);
    const after = (await waiting()).length;
    expect(after).toBe(before + 1);
  });
});

describe('frozen and revived', () => {
  test('RKN-S4c a suspension freezes, its lifting revives; a partner’s stop is the partner’s alone', async () => {
    const direct = await consented(aoba);
    const chained = await consented({ ...aoba, partner: TSUBAME });
    const job = bank.app.get(FollowPartiesJob);
    const states = async () => [
      (await view(direct, aoba)).state,
      (await view(chained, aoba)).state,
    ];
    await putLink('suspended', TSUBAME);
    expect(await read(chained, { ...aoba, partner: TSUBAME })).toMatchObject({ status: 403 });
    await job.run();
    expect(await states()).toEqual(['authorised', 'frozen']);
    expect(await view(chained, aoba)).toMatchObject({
      reason: { code: 'link_stopped', by: 'bank' },
    });
    await putLink('active', TSUBAME);
    await putLink('suspended');
    await job.run();
    expect(await states()).toEqual(['frozen', 'frozen']);
    await putLink('active');
    await job.run();
    expect(await states()).toEqual(['authorised', 'authorised']);
    expect((await read(chained, { ...aoba, partner: TSUBAME })).status).toBe(200);
    expect((await changesOf(direct, aoba)).slice(0, 2)).toEqual(['resumed', 'frozen']);
  });

  test('SM-9.2/e frozen for two causes, a consent lives again when the last one ends', async () => {
    const id = await consented(aoba);
    const job = bank.app.get(FollowPartiesJob);
    await putLink('suspended');
    await job.run();
    await moveService('active', 'locked');
    await putLink('active');
    await job.run();
    expect(await view(id, aoba)).toMatchObject({ state: 'frozen' });
    await moveService('locked', 'active');
    expect(await view(id, aoba)).toMatchObject({ state: 'authorised' });
  });

  test('T-29 a lock, a stop by the holder and both together look alike, and tell no more when they end', async () => {
    const seen: unknown[] = [];
    for (const to of ['locked', 'stopped'] as const) {
      const id = await consented();
      await moveService('active', to);
      const { state, reason } = await view(id);
      const refused = await read(id);
      await moveService(to, 'active');
      const back = await view(id);
      const history = (await get(`/${id}/history`))['data'] as { reason: object }[];
      seen.push({
        state,
        reason,
        status: refused.status,
        code: refused.body['code'],
        detail: refused.body['detail'],
        back: back['reason'],
        history: history.map(({ reason }) => reason),
      });
    }
    expect(seen[0]).toMatchObject({
      state: 'frozen',
      reason: { code: 'holder_unavailable', by: 'bank' },
      status: 403,
      code: 'holder_unavailable',
    });
    expect(seen[1]).toEqual(seen[0]);
    const events = await bank.admin<{ reason: string }>(
      `select distinct reason from consent_event where reason ~ 'lock'`,
    );
    expect(events).toEqual([]);
  });

  test('RKN-S1 a frozen consent expires all the same', async () => {
    const id = await consented();
    await moveService('active', 'locked');
    await bank.admin(
      `update consent set expires_at = renkei_now() - interval '1 second' where id = $1`,
      [id],
    );
    await bank.app.get(ExpireConsentsJob).run();
    await moveService('locked', 'active');
    expect(await view(id)).toMatchObject({ state: 'expired' });
  });
});

describe('ended by what happens elsewhere', () => {
  test('X-03 the contract ends: 401, the consent is revoked, and nothing is read', async () => {
    const id = await consented();
    await moveService('active', 'terminated');
    const refused = await read(id);
    expect(refused).toMatchObject({ status: 401, body: { code: 'customer_left' } });
    expect(await view(id)).toMatchObject({
      state: 'revoked',
      reason: { code: 'customer_left', by: 'system' },
    });
    await bank.admin(`update holder set service_state = 'active' where login_id = 'taro-2963'`);
  });

  test('RKN-C1a/b the partner’s contract is over: its consents end, the direct ones stay', async () => {
    const [direct, chained] = [
      await consented(aoba),
      await consented({ ...aoba, partner: TSUBAME }),
    ];
    const set = (date: string | null) =>
      bank.admin('update federation.chain_partner set contract_to = $2::date where id = $1', [
        TSUBAME,
        date,
      ]);
    await set('2026-06-30');
    await bank.app.get(FollowPartiesJob).run();
    await set(null);
    expect(await view(chained, aoba)).toMatchObject({
      state: 'revoked',
      reason: { code: 'partner_contract_ended', by: 'system' },
      chainPartnerId: TSUBAME,
    });
    expect(await view(direct, aoba)).toMatchObject({ state: 'authorised' });
  });

  test('SM-4.3 SM-11.3b an account out of reach leaves the consent; with the last one it ends (T-29)', async () => {
    const id = await consented(undefined, 2);
    const accounts = async () =>
      (await get(`/${id}/accounts`))['data'] as { accountId: string; status: string }[];
    const [first, second] = (await accounts()).map(({ accountId }) => accountId);
    const close = (accountId: string | undefined, date: string | null) =>
      bank.admin('update account_detail set closed_on = $2::date where public_id = $1', [
        accountId,
        date,
      ]);
    const [main] = await bank.admin<{ id: string }>(
      `select d.public_id as id from account_detail d
       join service_account s on s.institution_id = d.institution_id and s.account_id = d.account_id
       where s.is_main and d.public_id = any ($1)`,
      [[first, second]],
    );
    const other = main?.id === first ? second : first;
    const job = bank.app.get(FollowAccountsJob);
    await close(other, '2020-01-31');
    await job.run();
    expect((await accounts()).find(({ accountId }) => accountId === other)).toMatchObject({
      status: 'unavailable',
      reason: { code: 'holder_unavailable', by: 'bank' },
    });
    expect((await view(id)).state).toBe('authorised');
    const told = await bank.admin(
      `select state, detail ->> 'consentId' as consent from party_change
       where subject = 'account' and subject_id = $1`,
      [other],
    );
    expect(told).toContainEqual({ state: 'unavailable', consent: id });
    await close(main?.id, '2026-11-01');
    await job.run();
    expect(await view(id)).toMatchObject({ state: 'revoked', reason: { code: 'customer_left' } });
    await close(other, null);
    await close(main?.id, null);
  });
});
