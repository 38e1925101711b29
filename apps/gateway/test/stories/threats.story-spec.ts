import { request } from 'node:https';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { householdRequest, isPage, MINATO, Scene } from './scene.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene.close());

describe('T-01 the internal listener', () => {
  /** What a caller with this certificate gets: 'closed' when TLS ends before any HTTP answer. */
  function knock(credentials: { cert?: string; key?: string }): Promise<string> {
    return new Promise((resolve) => {
      const call = request(
        {
          host: '127.0.0.1',
          port: scene.system.ports.bankInternal,
          path: '/internal/v1/catalogue',
          rejectUnauthorized: false,
          agent: false,
          ...credentials,
        },
        (answer) => {
          answer.resume();
          resolve(String(answer.statusCode));
        },
      );
      call.on('error', () => resolve('closed'));
      call.end();
    });
  }

  test('T-01 nobody without a certificate gets an HTTP answer', async () => {
    expect(await knock({})).toBe('closed');
  });

  test('a certificate of the outside authority gets none either', async () => {
    expect(await knock(await scene.credentialsOf('gateway'))).toBe('closed');
  });

  test('nor does a certificate of the inside authority with another name', async () => {
    expect(await knock(await scene.credentialsOf('bankInternal'))).toBe('closed');
  });

  test('the gateway’s own certificate is let in', async () => {
    expect(await knock(await scene.credentialsOf('gatewayInternal'))).toMatch(/^(200|400)$/);
  });

  test('its paths do not exist on the public listener, and the pages do not exist on it', async () => {
    const answer = await scene.system.fetch(`${scene.system.bankOrigin}/internal/v1/catalogue`);
    expect(answer.status).toBe(404);
  });
});

describe('T-03 passwords go to the bank and nowhere else', () => {
  test('pages and gateway have hostnames of their own, cookies are __Host-, forms post to the bank', async () => {
    const minato = scene.intermediary(MINATO);
    const pushed = await minato.push('accounts', householdRequest('2963'));
    expect(new URL(scene.system.bankOrigin).hostname).not.toBe(
      new URL(scene.system.gatewayOrigin).hostname,
    );
    const cookies: string[] = [];
    let url = pushed.url;
    for (let hop = 0; hop < 4; hop += 1) {
      const answer = await scene.system.fetch(url, { headers: { accept: 'text/html' } });
      cookies.push(...answer.headers.getSetCookie());
      const next = answer.headers.get('location');
      if (!next) break;
      url = new URL(next, url);
    }
    expect(url.origin).toBe(scene.system.bankOrigin);
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      // The provider's own resume cookie is bound to its path, which __Host- does not allow; whoever
      // shows it without our interaction cookie finishes nothing (T-05).
      expect(cookie).toMatch(
        /^__Host-[^;]+;.*path=\/(;|$)|^__Secure-renkei-resume(\.sig)?=[^;]*; path=\/authorize\/[\w-]+;/i,
      );
      expect(cookie).toMatch(/; secure/i);
      expect(cookie).toMatch(/; httponly/i);
      expect(cookie).not.toMatch(/; domain=/i);
    }
    expect(cookies.filter((cookie) => cookie.startsWith('__Host-')).length).toBeGreaterThan(1);
    const page = await scene
      .browser(minato)
      .open((await minato.push('accounts', householdRequest('2963'))).url);
    isPage(page);
    for (const [, action] of page.html.matchAll(/<form[^>]*action="([^"]*)"/g)) {
      expect(new URL(action!, page.url).origin).toBe(scene.system.bankOrigin);
    }
  });
});

describe('T-06 no HTML answer can be framed', () => {
  test.each([
    ['the login page', async () => (await loginPage()).headers],
    [
      'an unknown handle',
      async () => (await get(`${scene.system.bankOrigin}/approvals/none`)).headers,
    ],
    [
      'the provider’s error page',
      async () => (await get(`${scene.system.gatewayOrigin}/authorize`)).headers,
    ],
    ['an unknown page', async () => (await get(`${scene.system.gatewayOrigin}/nowhere`)).headers],
  ])('%s', async (_title, headersOf) => {
    const headers = await headersOf();
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  const get = (url: string) => scene.system.fetch(url, { headers: { accept: 'text/html' } });

  async function loginPage() {
    const minato = scene.intermediary(MINATO);
    const pushed = await minato.push('accounts', householdRequest('2963'));
    const page = await scene.browser(minato).open(pushed.url);
    isPage(page);
    return page;
  }
});

describe('T-08 a token of one institution', () => {
  test('reads nothing at another: same software, same holder name, other bank', async () => {
    const minato = scene.intermediary(MINATO);
    const tokens = await scene.consented(
      minato,
      scene.person('taro-2963'),
      householdRequest('2963'),
    );
    const answer = await minato.get(tokens.accessToken, '/v1/banks/2825/accounts');
    expect([403, 404]).toContain(answer.status);
    expect(JSON.stringify(answer.body)).not.toContain('accountId');
  });

  test('a login at another institution does not open this one’s request', async () => {
    const minato = scene.intermediary(MINATO);
    const other = scene.person('taro-2825');
    const pushed = await minato.push('accounts', householdRequest('2963'));
    const browser = scene.browser(minato);
    const login = await browser.open(pushed.url);
    isPage(login);
    login.fill('login', other.loginId).fill('password', other.loginPassword);
    const again = await browser.press(login, 'submit');
    isPage(again);
    expect(again.has('password')).toBe(true);
  });

  test('somebody else’s account is not found, and does not seem to exist', async () => {
    const minato = scene.intermediary(MINATO);
    const tokens = await scene.consented(
      minato,
      scene.person('taro-2963'),
      householdRequest('2963'),
    );
    const [foreign] = await scene.rows<{ public_id: string }>(
      `select d.public_id from account_detail d join holder h
         on h.institution_id = d.institution_id and h.id = d.holder_id
       where h.login_id = 'hanako-2963' limit 1`,
    );
    const missing = foreign!.public_id.replace(/.{4}$/, '0000');
    const bodies = await Promise.all(
      [foreign!.public_id, missing].map(async (id) => {
        const answer = await minato.get(
          tokens.accessToken,
          `/v1/banks/2963/accounts/${id}/balances`,
        );
        expect(answer.status).toBe(404);
        return { ...answer.body, instance: '' };
      }),
    );
    expect(bodies[0]).toEqual(bodies[1]);
  });
});

describe('T-22 secrets at rest', () => {
  test('the database holds no password, no seed and no token that a reader could use', async () => {
    const minato = scene.intermediary(MINATO);
    const holder = scene.person('taro-2963');
    const tokens = await scene.consented(minato, holder, householdRequest('2963'));
    const secrets = [
      holder.loginPassword,
      holder.confirmationPassword,
      holder.totpSecretBase32,
      tokens.accessToken,
      tokens.refreshToken!,
    ];
    for (const side of ['bank', 'gateway'] as const) {
      const dump = await scene.everyRowOf(side);
      for (const secret of secrets) expect(dump.includes(secret)).toBe(false);
    }
  });

  test('the embedded database demands a password and is reached over loopback only', async () => {
    const url = new URL(scene.system.databases.bank.appUrl);
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.password.length).toBeGreaterThan(20);
  });
});

describe('T-11 headers of a proxy nobody configured', () => {
  test('change nothing', async () => {
    const plain = await scene.system.fetch(
      `${scene.system.gatewayOrigin}/.well-known/oauth-authorization-server`,
    );
    const forged = await scene.system.fetch(
      `${scene.system.gatewayOrigin}/.well-known/oauth-authorization-server`,
      {
        headers: {
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'http',
          'x-ssl-cert': 'forged',
          forwarded: 'host=evil.example',
        },
      },
    );
    expect(await forged.text()).toBe(await plain.text());
  });
});

describe('T-31 limits come before authentication', () => {
  test('a slow client is cut off, a long header is refused', async () => {
    const answer = await new Promise<string>((resolve) => {
      const { hostname, port } = new URL(scene.system.gatewayOrigin);
      const socket = connect({
        host: '127.0.0.1',
        port: Number(port),
        servername: hostname,
        rejectUnauthorized: false,
      });
      let text = '';
      socket.on('secureConnect', () =>
        socket.write(
          `GET / HTTP/1.1\r\nhost: ${hostname}:${port}\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
        ),
      );
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('close', () => resolve(text));
      socket.on('error', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
  });

  test('a body of a megabyte at the push is refused before the client is known', async () => {
    const answer = await scene.system
      .fetch(`${scene.system.gatewayOrigin}/par`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `client_id=x&authorization_details=${'a'.repeat(1_000_000)}`,
      })
      .catch(() => undefined);
    expect([400, 413, undefined]).toContain(answer?.status);
    expect(answer ? await answer.text() : '').not.toContain('invalid_client');
  });
});
