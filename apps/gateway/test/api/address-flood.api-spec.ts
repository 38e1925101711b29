import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { interactionCookie } from '../../src/authorization/http/interaction-cookie.js';
import { HostClock } from '../../src/platform/host-clock.js';
import { readSecrets } from '../../src/platform/secrets.js';
import { APPROVED, authorizeUrl, obtainToken } from './approve.js';
import { Browser } from './browser.js';
import { CertifiedIntermediary, clientCertificate } from './certified.js';
import { accountInformation } from './fixtures.js';
import { PROXY_NAME, startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';
import { untilRefused } from './until-refused.js';
import { until } from './wait-until.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
const PRESENT = { headers: { 'x-fapi-customer-ip-address': '192.0.2.7' } };

describe('T-31 a flood from one address', () => {
  const REFUSALS = 8;
  const [FLOOD, OTHER] = ['198.51.100.1', '198.51.100.2'] as const;
  let behind: GatewayUnderTest;
  let proxy: CertifiedIntermediary;
  let direct: Intermediary;
  let accessToken: string;

  beforeAll(async () => {
    behind = await startGateway({
      isBehindProxy: true,
      limits: {
        GATEWAY_ADDRESS_REGISTRATIONS_PER_MINUTE: '5',
        GATEWAY_ADDRESS_REFUSALS_PER_MINUTE: String(REFUSALS),
        GATEWAY_ADDRESS_REQUESTS_PER_MINUTE: '40',
      },
    });
    const pair = await clientCertificate(behind, PROXY_NAME, behind.proxyAuthority);
    proxy = await CertifiedIntermediary.with(behind, behind.minato, pair);
    direct = await Intermediary.of(behind);
    ({ accessToken } = await obtainToken(direct, accountInformation()));
  });
  afterAll(async () => {
    proxy.stop();
    await behind.stop();
  });

  let minutes = 0;
  /** No other test has used anything of this minute, and it does not end: what is spent stays spent. */
  const inAMinuteOfItsOwn = async (run: () => Promise<void>) => {
    minutes += 1;
    const clock = behind.app.get(HostClock);
    const held = jest.spyOn(clock, 'seconds').mockReturnValue(clock.seconds() + minutes * 60);
    try {
      await run();
    } finally {
      held.mockRestore();
    }
  };

  const from = (address: string, headers: Record<string, string> = {}) => ({
    headers: { 'x-forwarded-for': address, ...headers },
  });
  const register = (address: string) =>
    proxy.send('POST', '/register', {
      ...from(address, { 'content-type': 'application/json' }),
      body: JSON.stringify({ software_statement: 'made.up.statement' }),
    });
  const expectTooMany = ({ status, headers }: Answer, policy: string) => {
    expect([status, headers.get('ratelimit-policy')]).toEqual([429, policy]);
    expect(headers.get('ratelimit')).toMatch(/;r=0;t=\d+$/);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  };

  test('T-31 of anonymous registrations: 429 in the words of RFC 7591; another address is served', async () => {
    const [refused] = await untilRefused(() => register(FLOOD), 10);
    expectTooMany(refused, '"address-registration";q=5;w=60');
    expect(refused.body).toMatchObject({
      error: 'quota_exceeded',
      error_description: expect.any(String),
    });
    expect((await register(OTHER)).status).toBe(400);
  });

  test('T-31 of unknown tokens: 429, and the database is not asked for them any more', async () => {
    const guess = (address: string) =>
      proxy.send(
        'GET',
        ACCOUNTS,
        from(address, { authorization: 'DPoP a-token-of-nobody-at-all' }),
      );
    await inAMinuteOfItsOwn(async () => {
      const [refused] = await untilRefused(() => guess(FLOOD), 2 * REFUSALS);
      expectTooMany(refused, `"address-refused";q=${REFUSALS};w=60`);
      expect(refused.body).toMatchObject({
        code: 'quota_exceeded',
        retryable: true,
        'violated-policies': ['address-refused'],
      });
      await behind.asOwner('alter table oidc_artifact rename to oidc_artifact_away');
      const [there, elsewhere] = [await guess(FLOOD), await guess(OTHER)];
      await behind.asOwner('alter table oidc_artifact_away rename to oidc_artifact');
      expect([there.status, elsewhere.status]).toEqual([429, 503]);
    });
    expect((await guess(OTHER)).status).toBe(401);
  });

  test.each([
    ['no token', '198.51.100.3', {}],
    ['no token that can be read', '198.51.100.4', { authorization: 'DPoP x' }],
  ])('T-31 of calls with %s: 429', async (_title, address, headers) => {
    const call = () => proxy.send('GET', ACCOUNTS, from(address, headers));
    const [refused] = await untilRefused(call, 2 * REFUSALS);
    expectTooMany(refused, `"address-refused";q=${REFUSALS};w=60`);
  });

  test.each([
    ['no token', '198.51.100.5', {}, 'token_missing'],
    [
      'a token of nobody',
      '198.51.100.6',
      { authorization: 'DPoP a-token-of-nobody-at-all' },
      'invalid_token',
    ],
  ])(
    'T-31 of bodies with %s: not one of them is parsed',
    async (_title, address, headers, code) => {
      // Whoever parsed it would say 400; and would have counted nobody.
      const body = `{"accountId": ${'['.repeat(60 * 1024)}`;
      const send = () =>
        proxy.send('POST', '/v1/banks/2963/funds-confirmations', {
          ...from(address, { 'content-type': 'application/json', ...headers }),
          body,
        });
      const first = await send();
      expect([first.status, first.body['code']]).toEqual([401, code]);
      expect(first.headers.get('www-authenticate')).toMatch(/DPoP/);
      const [refused] = await untilRefused(send, 2 * REFUSALS);
      expectTooMany(refused, `"address-refused";q=${REFUSALS};w=60`);
    },
  );

  test('T-31 of proofs that fail uses up nothing of a good call from the same address', async () => {
    const isServed = async () => (await direct.call(ACCOUNTS, accessToken, PRESENT)).status === 200;
    expect(await isServed()).toBe(true);
    const headers = { authorization: `Bearer ${accessToken}` };
    const [refused] = await untilRefused(
      () => direct.send('GET', ACCOUNTS, { headers }),
      2 * REFUSALS,
    );
    expectTooMany(refused, `"address-refused";q=${REFUSALS};w=60`);
    // A process that lost its listener for a moment reads the token again, and may have to wait with that.
    await until(isServed);
  });

  test('T-31 of what everybody may read: 429 as a problem, and as a page where people look at it', async () => {
    const status = () => proxy.send('GET', '/v1/status', from(FLOOD));
    const [refused] = await untilRefused(status, 80);
    expectTooMany(refused, '"address";q=40;w=60');
    expect(refused.body).toMatchObject({
      code: 'quota_exceeded',
      'violated-policies': ['address'],
    });
    expect((await proxy.send('GET', '/v1/status', from(OTHER))).status).toBe(200);
    const [page] = await untilRefused(
      () => direct.send('GET', '/interactions/made-up-interaction/return'),
      80,
    );
    expectTooMany(page, '"address";q=40;w=60');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('quota_exceeded');
    expect(page.text).toContain('再読み込みしてください');
  });

  test('T-31 a holder who comes back is not stopped by a flood from the same address', () =>
    inAMinuteOfItsOwn(async () => {
      const browser = new Browser(behind);
      const pushed = await direct.push(accountInformation());
      const { location } = await browser.open(authorizeUrl(direct, pushed));
      const back = behind.bank.decide(location, APPROVED);
      await untilRefused(() => direct.send('GET', '/v1/status'), 80);
      const stranger = () => new Browser(behind).open(back);
      expect((await stranger()).status).toBe(429);
      const returned = await browser.open(back);
      expect(returned.status).toBe(303);
      // Whoever opens a page from there is told to wait; the one who came back lands.
      const other = await new Browser(behind).open(returned.location);
      expect(other.status).toBe(429);
      expect(other.headers.get('content-type')).toContain('text/html');
      expect(other.page).toContain('再読み込みしてください');
      const landed = await browser.open(returned.location);
      expect(new URL(landed.location).searchParams.get('code')).toBeTruthy();
      expect((await stranger()).status).toBe(429);
    }));

  test('T-31 a browser that never stops coming back is stopped by itself', async () => {
    const uid = 'an-interaction-that-is-over';
    const { interactionKeys } = readSecrets(await readFile(behind.secretsFile, 'utf8'));
    const [cookie = ''] = interactionCookie(interactionKeys[0], uid, 60).split(';');
    const come = () => direct.send('GET', `/interactions/${uid}/return`, { headers: { cookie } });
    const [refused] = await untilRefused(come, 80);
    expectTooMany(refused, '"interaction";q=30;w=60');
    expect(refused.headers.get('content-type')).toContain('text/html');
  });
});
