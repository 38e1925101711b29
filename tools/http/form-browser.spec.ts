import { describe, expect, test } from '@jest/globals';
import {
  approve,
  FormBrowser,
  isLanding,
  oneTimePassword,
  Page,
  type LocalRequest,
} from './index.js';

const HOLDER = {
  loginId: 'taro',
  loginPassword: 'login-secret',
  confirmationPassword: 'confirm-secret',
  totpSecretBase32: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
};

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly cookie: string;
  readonly origin: string | null;
}

/** A bank of four pages in memory: what matters is what the browser sends. */
function smallBank(seen: Seen[]) {
  const pages: Record<string, () => Response> = {
    'GET /authorize': () => redirect('https://bank.localhost:2/login', '__Host-at=gateway'),
    'GET /login': () =>
      html(`<form method="post" action="/login"><input type="hidden" name="token" value="t&amp;1">
        <input id="login" name="login"><input id="password" name="password" type="password">
        <button id="submit">ログイン</button></form>
        <form method="post" action="/refuse"><button id="cancel">戻る</button></form>`),
    'POST /login': () => redirect('/accounts', '__Host-session=after-login'),
    'GET /accounts': () =>
      html(`<form method="post"><input type="checkbox" id="account-1" name="account" value="a">
        <input type="checkbox" id="account-2" name="account" value="b">
        <input type="checkbox" name="other" value="no"><button id="next">次へ</button></form>`),
    'POST /accounts': () => redirect('/confirm'),
    'GET /confirm': () =>
      html(`<form method="post" action="confirm"><input id="confirmation-password" name="cp">
        <input id="otp" name="otp"><button id="approve" name="act" value="yes">確定</button></form>`),
    'POST /confirm': () => redirect('https://gateway.localhost:1/return'),
    'GET /return': () => redirect('https://app.localhost:3/callback?code=c'),
  };
  return async (url: string | URL, init: LocalRequest = {}): Promise<Response> => {
    const at = new URL(url);
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    seen.push({
      method,
      path: at.host + at.pathname,
      body: String(init.body ?? ''),
      cookie: headers.get('cookie') ?? '',
      origin: headers.get('origin'),
    });
    return pages[`${method} ${at.pathname}`]?.() ?? html('<p id="oauth-error">lost</p>', 404);
  };
}

const html = (body: string, status = 200): Response => new Response(body, { status });

function redirect(to: string, cookie?: string): Response {
  const headers = new Headers({ location: to });
  if (cookie) headers.append('set-cookie', `${cookie}; Path=/; Secure; HttpOnly`);
  return new Response(null, { status: 303, headers });
}

describe('a browser of forms', () => {
  const stopsAt = (url: URL): boolean => url.hostname === 'app.localhost';

  test('it walks login, accounts and confirmation to the address of the client', async () => {
    const seen: Seen[] = [];
    const browser = new FormBrowser({ fetch: smallBank(seen), stopsAt });
    const start = new URL('https://gateway.localhost:1/authorize');
    const end = await approve(browser, start, HOLDER, () => 59_000);
    expect(end.landedAt.href).toBe('https://app.localhost:3/callback?code=c');
    expect(seen.filter((each) => each.method === 'POST').map((each) => each.body)).toEqual([
      'token=t%261&login=taro&password=login-secret',
      'account=a&account=b',
      'cp=confirm-secret&otp=287082&act=yes',
    ]);
  });

  test('T-05 cookies keep to their host, and a post names the origin of its page', async () => {
    const seen: Seen[] = [];
    const browser = new FormBrowser({ fetch: smallBank(seen), stopsAt });
    await approve(browser, new URL('https://gateway.localhost:1/authorize'), HOLDER, () => 0);
    const cookies = Object.fromEntries(seen.map((each) => [each.path, each.cookie]));
    expect(cookies['bank.localhost:2/confirm']).toBe('__Host-session=after-login');
    expect(cookies['gateway.localhost:1/return']).toBe('__Host-at=gateway');
    const origins = seen.filter((each) => each.method === 'POST').map((each) => each.origin);
    expect(new Set(origins)).toEqual(new Set(['https://bank.localhost:2']));
  });

  test('of radio buttons one is sent, and never one that is switched off', () => {
    const form = `<form><input type="radio" name="account" id="account-1" value="a" disabled>
      <input type="radio" name="account" id="account-2" value="b">
      <input type="radio" name="account" id="account-3" value="c"><button id="next"></button></form>`;
    const page = new Page(new URL('https://bank.localhost/'), 200, new Headers(), form);
    for (const id of page.choices(/^account-/).reverse()) page.tick(id);
    expect(page.press('next').fields.toString()).toBe('account=b');
  });

  test('a page that is not the expected one is named with its error', async () => {
    const browser = new FormBrowser({ fetch: smallBank([]), stopsAt });
    const lost = await browser.open(new URL('https://bank.localhost:2/nowhere'));
    expect(isLanding(lost)).toBe(false);
    expect(() => (lost as Page).press('approve')).toThrow(/has no element approve.*lost/);
  });

  test('one-time passwords are those of RFC 6238 appendix B', () => {
    expect(oneTimePassword(HOLDER.totpSecretBase32, 1_111_111_109_000)).toBe('081804');
  });
});
