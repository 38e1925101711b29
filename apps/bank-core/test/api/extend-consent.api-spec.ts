import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApprovalWalk, landed, stillHere } from './approval-walk.js';
import { aoba, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const OF_TSUBAME = { ...aoba, partner: TSUBAME };

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
});
afterAll(() => bank.stop());

interface Given {
  consentId: string;
  expiresAt: string;
  accountIds: string[];
  permissions: string[];
}

async function consented(as?: object, termDays = 30): Promise<Given> {
  const browser = walk.browser();
  const asking = { termDays, ...(as ? { as } : {}) };
  const login = stillHere(await browser.open(await walk.open(asking)));
  const page = await walk.logIn(login, browser);
  const consent = stillHere(await browser.press(page.tick('account-1'), 'next'));
  const { body } = await walk.result(landed(await browser.press(consent, 'approve')), as);
  return body['consent'] as Given;
}

const longer = (consentId: string, termDays = 90) => ({ extends: { consentId, termDays } });
const historyOf = async (consentId: string, as: object = {}) =>
  (await bank.call({ path: `/institutions/2963/consents/${consentId}/history`, as })).body[
    'data'
  ] as { change: string; version: number; expiresAt: string; accountIds: string[] }[];

describe('the same terms for longer', () => {
  test('complaint 18 in two taps: log in and confirm; nothing is entered again, and the wording is kept', async () => {
    const given = await consented();
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open(longer(given.consentId))));
    expect(login.html).toContain('2 段階中 1 段階目');
    const confirm = await walk.logIn(login, browser);
    expect(confirm.title).toContain('期間の延長の確認');
    for (const word of ['みなと家計', '家計簿の作成', '今の期限', '2 段階中 2 段階目'])
      expect(confirm.html).toContain(word);
    const end = landed(await browser.press(confirm, 'approve'));
    const { body } = await walk.result(end);
    const after = body['consent'] as Given;
    expect(after).toMatchObject({
      consentId: given.consentId,
      accountIds: given.accountIds,
      permissions: given.permissions,
    });
    expect(Date.parse(after.expiresAt)).toBeGreaterThan(Date.parse(given.expiresAt));
    const [last] = await historyOf(given.consentId);
    expect(last).toMatchObject({ change: 'extended', version: 3, expiresAt: after.expiresAt });
    const [kept] = await bank.admin<{ wording: string }>(
      `select w.wording from consent c join consent_wording w
         on w.institution_id = c.institution_id and w.hash = c.wording_hash where c.id = $1`,
      [given.consentId],
    );
    for (const line of confirm.html.matchAll(/<li>([^<]+)<\/li>/g))
      expect(kept?.wording).toContain(line[1]);
    const [mail] = await bank.admin<{ subject: string }>(
      `select subject from notice where consent_id = $1 and kind = 'consent_extended'`,
      [given.consentId],
    );
    expect(mail?.subject).toContain('延長しました');
  });

  test('complaint 18 the choice of accounts can be put right on the way, as a version of its own', async () => {
    const given = await consented();
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open(longer(given.consentId))));
    const confirm = await walk.logIn(login, browser);
    const accounts = stillHere(
      await browser.open(new URL(confirm.url.href.replace('/consent', '/accounts'))),
    );
    const chosen = accounts.tick('account-1').tick('account-2');
    const again = stillHere(await browser.press(chosen, 'next'));
    const { body } = await walk.result(landed(await browser.press(again, 'approve')));
    expect((body['consent'] as Given).accountIds).toHaveLength(2);
    const changes = (await historyOf(given.consentId)).map(({ change }) => change);
    expect(changes).toEqual(['extended', 'amended', 'authorised', 'asked']);
  });

  test('who goes back or lets the time run out has extended nothing', async () => {
    const given = await consented();
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open(longer(given.consentId))));
    const confirm = await walk.logIn(login, browser);
    const { body } = await walk.result(landed(await browser.press(confirm, 'cancel')));
    expect(body).toMatchObject({ outcome: 'refused', reason: 'user_cancelled', consent: null });
    const view = await bank.call({ path: `/institutions/2963/consents/${given.consentId}` });
    expect(view.body).toMatchObject({ state: 'authorised', expiresAt: given.expiresAt });
  });
});

describe('who may extend', () => {
  test('T-05 another holder who logs in extends nothing and learns nothing of whose consent it is', async () => {
    const given = await consented();
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open(longer(given.consentId))));
    const other = bank.people.find(
      ({ loginId }) => loginId.endsWith('-2963') && loginId !== 'taro-2963',
    )!;
    const ended = await walk.logIn(login, browser, other.loginId);
    expect(ended.url.pathname).toMatch(/\/ended$/);
    expect(ended.html).not.toContain(given.consentId);
    expect((await historyOf(given.consentId)).map(({ change }) => change)).not.toContain(
      'extended',
    );
  });

  test('T-14 the parties are those of the consent: another client, another partner or none is unknown', async () => {
    const given = await consented(OF_TSUBAME);
    for (const as of [undefined, aoba, { ...aoba, partner: 'none' }]) {
      const asking = { ...longer(given.consentId), ...(as ? { as } : {}) };
      expect(await walk.handOver(asking)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      });
    }
    const browser = walk.browser();
    const url = await walk.open({ ...longer(given.consentId), as: OF_TSUBAME });
    const confirm = await walk.logIn(stillHere(await browser.open(url)), browser);
    expect(confirm.html).toContain('あおばフィンテック株式会社');
    expect(confirm.html).toContain('つばめ貯金');
    landed(await browser.press(confirm, 'approve'));
    const [kept] = await bank.admin<{ chain_partner_id: string }>(
      'select chain_partner_id from consent where id = $1',
      [given.consentId],
    );
    expect(kept?.chain_partner_id).toBe(TSUBAME);
    const records = await bank.admin<{ chain_partner_id: string }>(
      `select distinct chain_partner_id from record where consent_id = $1`,
      [given.consentId],
    );
    expect(records).toEqual([{ chain_partner_id: TSUBAME }]);
  });

  test('RKN-S1 only what lives, and only for longer', async () => {
    const given = await consented();
    const shorter = await walk.handOver(longer(given.consentId, 30));
    expect([shorter.status, shorter.body['code']]).toEqual([422, 'term_not_longer']);
    const unknown = await walk.handOver(longer('cns_01j00000000000000000000000'));
    expect(unknown.body['code']).toBe('not_found');
    await bank.call({
      method: 'POST',
      path: `/institutions/2963/consents/${given.consentId}/revocations`,
      body: { reason: 'no_longer_needed' },
    });
    const ended = await walk.handOver(longer(given.consentId));
    expect([ended.status, ended.body['code']]).toEqual([401, 'consent_revoked']);
  });

  test('RKN-S1/c revoked while the holder reads: the yes comes too late and revives nothing', async () => {
    const given = await consented();
    const browser = walk.browser();
    const login = stillHere(await browser.open(await walk.open(longer(given.consentId))));
    const confirm = await walk.logIn(login, browser);
    await bank.call({
      method: 'POST',
      path: `/institutions/2963/consents/${given.consentId}/revocations`,
      body: { reason: 'no_longer_needed' },
    });
    const ended = stillHere(await browser.press(confirm, 'approve'));
    expect([ended.status, ended.url.pathname.split('/').at(-1)]).toEqual([200, 'ended']);
    const view = await bank.call({ path: `/institutions/2963/consents/${given.consentId}` });
    expect(view.body).toMatchObject({
      state: 'revoked',
      reason: { code: 'no_longer_needed', by: 'intermediary' },
    });
  });
});
