import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page as BrowserPage } from 'playwright-core';
import { approve, FormBrowser, openBrowser, type TestBrowser } from '#libs/testing';
import { machineNow } from '../../../../tools/machine-clock.js';
import {
  AOBA,
  HIKARI,
  householdRequest,
  isEnd,
  isPage,
  MINATO,
  Scene,
  TSUBAME,
  until,
} from './scene.js';

let scene: Scene;
let chromium: TestBrowser;

beforeAll(async () => {
  scene = await Scene.open();
  chromium = await openBrowser();
});
afterAll(async () => {
  await chromium.close();
  await scene.close();
});

/** Walks the pages in a real Chromium; answers where the browser was sent at the end. */
async function walkInChromium(page: BrowserPage, start: URL, end: string, login: string) {
  const holder = scene.person(login);
  const landing = page.waitForRequest((request) => request.url().startsWith(end));
  await page.route(`${end}**`, (route) => route.fulfill({ body: 'the intermediary' }));
  await page.goto(start.href);
  await page.fill('#login', holder.loginId);
  await page.fill('#password', holder.loginPassword);
  await page.click('#submit');
  await page.check('#account-1');
  await page.click('#next');
  await page.click('#approve');
  return new URL((await landing).url());
}

describe('a holder lets an intermediary read an account', () => {
  test.each([
    ['ja', 360, true],
    ['en', 1280, true],
    ['ja', 1280, false],
  ] as const)(
    'RKN-S1 in Chromium (%s, %i px, script %s) the consent reaches the client and the account is read',
    async (language, width, isScriptOn) => {
      const minato = scene.intermediary(MINATO);
      const pushed = await minato.push('accounts', householdRequest('2963'));
      const visitor = await chromium.newVisitor({ language, width, isScriptOn });
      const page = await visitor.newPage();
      const end = minato.client.redirect_uri;
      const landedAt = await walkInChromium(page, pushed.url, end, 'taro-2963');
      await visitor.close();

      expect(landedAt.searchParams.get('state')).toBe(pushed.state);
      expect(landedAt.searchParams.get('iss')).toBe(scene.system.gatewayOrigin);
      const tokens = await minato.redeem(pushed, landedAt);
      expect(tokens.details).toMatchObject([
        {
          type: 'account_information',
          bank_code: '2963',
          consent_id: expect.stringMatching(/^cns_/),
        },
      ]);

      const accounts = await minato.get(tokens.accessToken, '/v1/banks/2963/accounts');
      expect(accounts.status).toBe(200);
      const [account] = accounts.body['data'] as { accountId: string }[];
      const path = `/v1/banks/2963/accounts/${account!.accountId}`;
      expect(await minato.get(tokens.accessToken, path)).toMatchObject({ status: 200 });
      const balances = await minato.get(tokens.accessToken, `${path}/balances`);
      expect(balances).toMatchObject({
        status: 200,
        body: { asOf: expect.stringMatching(/\+09:00$/) },
      });
    },
  );

  test('SM-3.5 the record keeps what was claimed of the customer, and says where nothing was', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2963');
    const { accessToken, details } = await scene.consented(
      minato,
      holder,
      householdRequest('2963'),
    );
    const consentId = String((details?.[0] as { consent_id: string } | undefined)?.consent_id);
    const read = (customerAddress: string | null, headers = {}) =>
      minato.send('GET', accessToken, '/v1/banks/2963/accounts', { customerAddress, headers });
    const loggedIn = { 'x-fapi-auth-date': 'Sun, 22 Nov 2026 01:02:03 GMT' };
    expect(await read('2001:db8::1893', loggedIn)).toMatchObject({ status: 200 });
    expect(await read(null)).toMatchObject({ status: 200 });
    const end = { query: { reason: 'customer_request' }, customerAddress: '192.0.2.9' };
    const path = `/v1/banks/2963/consents/${consentId}`;
    const withdrawn = await minato.send('DELETE', await minato.ownToken('consents'), path, end);
    expect(withdrawn.status).toBe(204);

    const kept = (kind: string) =>
      scene.rows<{ claim: unknown }>(
        `select content->'customerClaim' as claim from record
         where consent_id = $1 and kind = $2 order by id`,
        [consentId, kind],
      );
    await until(async () => (await kept('inquiry_answered')).length === 2);
    expect(await kept('inquiry_answered')).toEqual([
      {
        claim: {
          isPresent: true,
          address: '2001:db8::1893',
          loggedInAt: '2026-11-22T10:02:03.000+09:00',
        },
      },
      { claim: { isPresent: false } },
    ]);
    expect(await kept('consent_revoked')).toEqual([
      { claim: { isPresent: true, address: '192.0.2.9' } },
    ]);
  });

  test('SM-4.1-1 the union of all pages of transactions is the whole set, each row once', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2963');
    const tokens = await scene.consented(minato, holder, householdRequest('2963'));
    const list = await minato.get(tokens.accessToken, '/v1/banks/2963/accounts');
    const [account] = list.body['data'] as { accountId: string }[];
    const path = `/v1/banks/2963/accounts/${account!.accountId}/transactions`;
    const seen: string[] = [];
    let next: string | undefined = `${path}?limit=3`;
    while (next) {
      const url: URL = new URL(next, scene.system.gatewayOrigin);
      const answer = await minato.get(
        tokens.accessToken,
        url.pathname,
        Object.fromEntries(url.searchParams),
      );
      expect(answer.status).toBe(200);
      seen.push(
        ...(answer.body['data'] as { transactionId: string }[]).map((r) => r.transactionId),
      );
      next = (answer.body['links'] as { next?: string }).next;
    }
    const whole = await minato.get(tokens.accessToken, path, { limit: '500' });
    const all = (whole.body['data'] as { transactionId: string }[]).map((r) => r.transactionId);
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(3);
  });

  test('RKN-C1a/d the consent page shows the intermediary and the chain partner', async () => {
    const aoba = scene.intermediary(AOBA);
    const holder = scene.person('taro-2963');
    const pushed = await aoba.push('accounts', householdRequest('2963', TSUBAME));
    const browser = scene.browser(aoba);
    let step = await browser.open(pushed.url);
    isPage(step);
    expect(step.html).toContain('あおばフィンテック');
    expect(step.html).toContain('つばめ貯金');
    step.fill('login', holder.loginId).fill('password', holder.loginPassword);
    step = await browser.press(step, 'submit');
    isPage(step);
    step.tick('account-1');
    step = await browser.press(step, 'next');
    isPage(step);
    expect(step.html).toContain('あおばフィンテック');
    expect(step.html).toContain('つばめ貯金');
  });

  test('a request that names no institution lets the holder choose it first', async () => {
    const minato = scene.intermediary(MINATO);
    const pushed = await minato.push('accounts', householdRequest());
    const first = await scene.browser(minato).open(pushed.url);
    isPage(first);
    for (const name of ['中央労', '沖縄県労', '西海みずき']) expect(first.html).toContain(name);
  });

  test('RKN-S1/c a consent that the bank revokes is useless at once, and its grant soon gone', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2825');
    const tokens = await scene.consented(minato, holder, householdRequest('2825'));
    const path = '/v1/banks/2825/accounts';
    expect(await minato.get(tokens.accessToken, path)).toMatchObject({ status: 200 });
    const consentId = String(tokens.details[0]!['consent_id']);
    await scene.bank.query(
      `update consent set state = 'revoked', state_reason = 'bank_decision', state_actor = 'institution'
       where id = $1`,
      [consentId],
    );
    const refused = await minato.get(tokens.accessToken, path);
    expect(refused.status).toBe(401);
    expect(refused.body['code']).toMatch(/^(consent_revoked|invalid_token)$/);
    await scene.bank.query(
      `insert into consent_event (institution_id, consent_id, state, reason, at)
       select institution_id, id, state, state_reason, renkei_now() from consent where id = $1`,
      [consentId],
    );
    await until(() =>
      minato.refresh(tokens.refreshToken!).then(
        () => false,
        (error: { error?: string }) => error.error === 'invalid_grant',
      ),
    );
  });

  test('RKN-S1/c a consent withdrawn while its holder is on the way back gives no code', async () => {
    const minato = scene.intermediary(MINATO);
    const pushed = await minato.push('accounts', householdRequest('2825'));
    let isOnTheWay = true;
    const browser = new FormBrowser({
      fetch: scene.system.fetch,
      stopsAt: ({ href, pathname }) =>
        href.startsWith(minato.client.redirect_uri) || (isOnTheWay && pathname.endsWith('/return')),
      language: 'ja',
    });
    const back = await approve(browser, pushed.url, scene.person('taro-2825'), machineNow);
    expect(back.landedAt.origin).toBe(scene.system.gatewayOrigin);
    const own = await minato.ownToken('consents');
    const consents = '/v1/banks/2825/consents';
    const { body } = await minato.get(own, consents, { state: 'authorised', limit: '1' });
    const [consent] = body['data'] as { consentId: string }[];
    const withdrawn = await minato.send('DELETE', own, `${consents}/${consent!.consentId}`, {
      query: { reason: 'customer_request' },
    });
    expect(withdrawn.status).toBe(204);

    isOnTheWay = false;
    const end = await browser.open(back.landedAt);
    isEnd(end);
    expect(Object.fromEntries(end.landedAt.searchParams)).toEqual({
      error: 'access_denied',
      error_description: expect.stringMatching(/^consent_revoked: /),
      state: pushed.state,
      iss: scene.system.gatewayOrigin,
    });
  });

  test('RKN-0.2/a an institution outside the agreement is refused at the push', async () => {
    const hikari = scene.intermediary(HIKARI);
    await expect(hikari.push('accounts', householdRequest('2997'))).rejects.toMatchObject({
      error: 'invalid_authorization_details',
      error_description: expect.stringMatching(/^institution_not_covered: /),
    });
  });
});

describe('ways back', () => {
  test('B-2 every page of a consent, the login included, has a way back that carries state and iss', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2963');
    for (const stage of ['login', 'accounts', 'consent'] as const) {
      const pushed = await minato.push('accounts', householdRequest('2963'));
      const browser = scene.browser(minato);
      let step = await browser.open(pushed.url);
      if (stage !== 'login') {
        isPage(step);
        step.fill('login', holder.loginId).fill('password', holder.loginPassword);
        step = await browser.press(step, 'submit');
      }
      if (stage === 'consent') {
        isPage(step);
        step.tick('account-1');
        step = await browser.press(step, 'next');
      }
      isPage(step);
      const end = await browser.press(step, 'cancel');
      isEnd(end);
      expect(Object.fromEntries(end.landedAt.searchParams)).toMatchObject({
        error: 'access_denied',
        state: pushed.state,
        iss: scene.system.gatewayOrigin,
      });
    }
  });

  test('B-16 an approval that took too long ends at the intermediary with access_denied', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2963');
    const pushed = await minato.push('accounts', householdRequest('2963'));
    const browser = scene.browser(minato);
    const login = await browser.open(pushed.url);
    isPage(login);
    await scene.moveBankTime(16);
    try {
      login.fill('login', holder.loginId).fill('password', holder.loginPassword);
      let end = await browser.press(login, 'submit');
      if ('html' in end) {
        expect(end.text('oauth-error')).not.toBe('');
        end = await browser.press(end, 'cancel');
      }
      isEnd(end);
      expect(end.landedAt.searchParams.get('error')).toBe('access_denied');
      expect(end.landedAt.searchParams.get('state')).toBe(pushed.state);
    } finally {
      await scene.moveBankTime(-16);
    }
  });

  test('a code used twice is refused, and the first token dies with it', async () => {
    const minato = scene.intermediary(MINATO);
    const pushed = await minato.push('accounts', householdRequest('2963'));
    const { landedAt } = await scene.walk(minato, pushed, scene.person('taro-2963'));
    const tokens = await minato.redeem(pushed, landedAt);
    await expect(minato.redeem(pushed, landedAt)).rejects.toMatchObject({ error: 'invalid_grant' });
    await until(async () => {
      const answer = await minato.get(tokens.accessToken, '/v1/banks/2963/accounts');
      return answer.status === 401;
    });
  });
});
