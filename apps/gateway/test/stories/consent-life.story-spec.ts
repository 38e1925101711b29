import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBrowser, type TestBrowser } from '#libs/testing';
import type { Tokens } from '../../../../tools/flow/intermediary.js';
import { AOBA, householdRequest, isEnd, isPage, MINATO, Scene, TSUBAME, until } from './scene.js';

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

const consentIdOf = ({ details }: Tokens) => String(details[0]!['consent_id']);
const forLonger = (consentId: string, chainPartner = 'none', bankCode = '2963') => ({
  type: 'consent_extension',
  bank_code: bankCode,
  consent_id: consentId,
  term_days: 90,
  chain_partner: chainPartner,
});
const brief = (chainPartner = 'none') => ({
  ...householdRequest('2963', chainPartner),
  ...(chainPartner === 'none' ? {} : { permissions: ['accounts_read', 'balances_read'] }),
  term_days: 30,
});

describe('complaints about consents', () => {
  test('B-1 a lost answer to a refresh loses nothing: the same refresh token answers again', async () => {
    const minato = scene.intermediary(MINATO);
    const tokens = await scene.consented(minato, scene.person('taro-2963'), brief());
    // The first answer never reaches the software; what it has is what it had.
    await minato.refresh(tokens.refreshToken!);
    const again = await minato.refresh(tokens.refreshToken!);
    expect(again.details).toMatchObject([{ consent_id: consentIdOf(tokens) }]);
    const read = await minato.get(again.accessToken, '/v1/banks/2963/accounts');
    expect(read.status).toBe(200);
    // Whoever lost even that finds the consent by its id, with a token of the software alone.
    const own = await minato.ownToken('consents');
    const found = await minato.get(own, `/v1/banks/2963/consents/${consentIdOf(tokens)}`);
    expect(found.body).toMatchObject({ state: 'authorised' });
  });

  test('B-2 every page of an extension has a way back, and nothing is extended', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2963');
    const tokens = await scene.consented(minato, holder, brief());
    for (const stage of ['login', 'consent', 'accounts'] as const) {
      const pushed = await minato.push('accounts', forLonger(consentIdOf(tokens)));
      const browser = scene.browser(minato);
      let step = await browser.open(pushed.url);
      isPage(step);
      if (stage !== 'login') {
        step.fill('login', holder.loginId).fill('password', holder.loginPassword);
        step = await browser.press(step, 'submit');
        isPage(step);
      }
      if (stage === 'accounts') {
        step = await browser.open(new URL(step.url.href.replace(/consent$/, 'accounts')));
        isPage(step);
      }
      const end = await browser.press(step, 'cancel');
      isEnd(end);
      expect(Object.fromEntries(end.landedAt.searchParams)).toMatchObject({
        error: 'access_denied',
        state: pushed.state,
        iss: scene.system.gatewayOrigin,
      });
    }
    const own = await minato.ownToken('consents');
    const path = `/v1/banks/2963/consents/${consentIdOf(tokens)}/extensions`;
    expect((await minato.get(own, path)).body).toMatchObject({ data: [] });
  });

  test('B-11 an intermediary reads what became of a request from its push to its end', async () => {
    const minato = scene.intermediary(MINATO);
    const own = await minato.ownToken('consents');
    const newest = async () => {
      const list = await minato.get(own, '/v1/banks/2963/consents', { limit: '1' });
      return (list.body['data'] as { consentId: string; state: string; reason: object }[])[0]!;
    };
    const pushed = await minato.push('accounts', brief());
    const browser = scene.browser(minato);
    const login = await browser.open(pushed.url);
    isPage(login);
    expect(await newest()).toMatchObject({ state: 'awaiting_authorisation' });
    isEnd(await browser.press(login, 'cancel'));
    expect(await newest()).toMatchObject({
      state: 'rejected',
      reason: { code: 'user_cancelled', by: 'customer' },
    });
  });

  test('B-16 the time runs out: the page still knows the way back, and a fresh start works', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2963');
    const tokens = await scene.consented(minato, holder, brief());
    const pushed = await minato.push('accounts', forLonger(consentIdOf(tokens)));
    const browser = scene.browser(minato);
    const login = await browser.open(pushed.url);
    isPage(login);
    await scene.moveBankTime(16);
    try {
      login.fill('login', holder.loginId).fill('password', holder.loginPassword);
      const expired = await browser.press(login, 'submit');
      isPage(expired);
      expect(expired.text('oauth-error')).toBe('interaction_expired');
      const back = /href="([^"]*\/return\?handle=[^"]+)"/.exec(expired.html)?.[1] ?? '';
      const end = await browser.open(new URL(back.replaceAll('&amp;', '&')));
      isEnd(end);
      expect(end.landedAt.searchParams.get('error')).toBe('access_denied');
      expect(end.landedAt.searchParams.get('state')).toBe(pushed.state);
    } finally {
      await scene.moveBankTime(-16);
    }
    const again = await minato.push('accounts', forLonger(consentIdOf(tokens)));
    const page = await scene.browser(minato).open(again.url);
    isPage(page);
    expect(page.has('login')).toBe(true);
  });

  test.each([
    ['ja', 360],
    ['en', 1280],
  ] as const)(
    'B-18 in Chromium (%s, %i px) a renewal takes two taps, and old and new tokens read',
    async (language, width) => {
      const minato = scene.intermediary(MINATO);
      const holder = scene.person('taro-2963');
      const before = await scene.consented(minato, holder, brief());
      const pushed = await minato.push('accounts', forLonger(consentIdOf(before)));
      const visitor = await chromium.newVisitor({ language, width, isScriptOn: false });
      const page = await visitor.newPage();
      const end = minato.client.redirect_uri;
      const landing = page.waitForRequest((request) => request.url().startsWith(end));
      await page.route(`${end}**`, (route) => route.fulfill({ body: 'the intermediary' }));
      await page.goto(pushed.url.href);
      await page.fill('#login', holder.loginId);
      await page.fill('#password', holder.loginPassword);
      await page.click('#submit');
      await page.click('#approve');
      const landedAt = new URL((await landing).url());
      await visitor.close();
      const after = await minato.redeem(pushed, landedAt);
      expect(after.details).toMatchObject([
        { type: 'account_information', consent_id: consentIdOf(before), term_days: 90 },
      ]);
      for (const { accessToken } of [before, after])
        expect((await minato.get(accessToken, '/v1/banks/2963/accounts')).status).toBe(200);
    },
  );
});

test('B-15 each consent has a life of its own, and its tokens are of no use without their key', async () => {
  const minato = scene.intermediary(MINATO);
  const holder = scene.person('taro-2963');
  const short = await scene.consented(minato, holder, brief());
  const long = await scene.consented(minato, holder, { ...brief(), term_days: 90 });
  const reading = async ({ accessToken }: Tokens) => {
    const { status, body } = await minato.get(accessToken, '/v1/banks/2963/accounts');
    return status === 200 ? status : [status, body['code']];
  };
  expect([await reading(short), await reading(long)]).toEqual([200, 200]);
  // What is bound to a key is of no use without it.
  const url = `${scene.system.gatewayOrigin}/v1/banks/2963/accounts`;
  const bare = await scene.system.fetch(url, {
    method: 'GET',
    headers: { authorization: `Bearer ${long.accessToken}` },
  });
  expect(bare.status).toBe(401);
  const DAY_MINUTES = 24 * 60;
  await scene.moveBankTime(31 * DAY_MINUTES);
  try {
    expect([await reading(short), await reading(long)]).toEqual([[401, 'consent_expired'], 200]);
  } finally {
    await scene.moveBankTime(-31 * DAY_MINUTES);
  }
});

describe('the chain', () => {
  test('T-14 the tag is the same through refresh and extension, on token and record (X-11)', async () => {
    const aoba = scene.intermediary(AOBA);
    const holder = scene.person('taro-2963');
    const first = await scene.consented(aoba, holder, brief(TSUBAME));
    const refreshed = await aoba.refresh(first.refreshToken!);
    const pushed = await aoba.push('accounts', forLonger(consentIdOf(first), TSUBAME));
    const browser = scene.browser(aoba);
    let step = await browser.open(pushed.url);
    isPage(step);
    step.fill('login', holder.loginId).fill('password', holder.loginPassword);
    step = await browser.press(step, 'submit');
    isPage(step);
    for (const name of ['あおばフィンテック', 'つばめ貯金']) expect(step.html).toContain(name);
    const end = await browser.press(step, 'approve');
    isEnd(end);
    const extended = await aoba.redeem(pushed, end.landedAt);
    for (const { details } of [first, refreshed, extended])
      expect(details).toMatchObject([{ chain_partner: TSUBAME, consent_id: consentIdOf(first) }]);
    await aoba.get(extended.accessToken, '/v1/banks/2963/accounts');
    const kinds = () =>
      scene.rows<{ kind: string; partner: string }>(
        `select kind, chain_partner_id as partner from record where consent_id = $1`,
        [consentIdOf(first)],
      );
    await until(async () => (await kinds()).some(({ kind }) => kind === 'inquiry_answered'));
    const records = await kinds();
    expect(new Set(records.map(({ partner }) => partner))).toEqual(new Set([TSUBAME]));
    expect(records.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['consent_asked', 'consent_granted', 'consent_extended']),
    );
  });

  test('T-14 another intermediary cannot borrow the partner, nor the consent', async () => {
    const aoba = scene.intermediary(AOBA);
    const minato = scene.intermediary(MINATO);
    const tokens = await scene.consented(aoba, scene.person('taro-2963'), brief(TSUBAME));
    await expect(minato.push('accounts', brief(TSUBAME))).rejects.toMatchObject({
      error_description: expect.stringMatching(/^chain_partner_unknown: /),
    });
    for (const partner of ['none', TSUBAME])
      await expect(
        minato.push('accounts', forLonger(consentIdOf(tokens), partner)),
      ).rejects.toMatchObject({
        error: 'invalid_authorization_details',
        error_description: expect.stringMatching(/^not_found: /),
      });
  });
});

test('RKN-S1/c a withdrawal by the intermediary: the consent ends with its reason, its tokens at once', async () => {
  const minato = scene.intermediary(MINATO);
  const tokens = await scene.consented(minato, scene.person('taro-2963'), brief());
  const own = await minato.ownToken('consents');
  const path = `/v1/banks/2963/consents/${consentIdOf(tokens)}`;
  expect(
    await minato.send('DELETE', own, path, { query: { reason: 'customer_request' } }),
  ).toMatchObject({
    status: 204,
  });
  expect((await minato.get(own, path)).body).toMatchObject({
    state: 'revoked',
    reason: { code: 'customer_request', by: 'intermediary' },
  });
  const read = await minato.get(tokens.accessToken, '/v1/banks/2963/accounts');
  expect([read.status, read.body['code']]).toEqual([401, 'consent_revoked']);
});
