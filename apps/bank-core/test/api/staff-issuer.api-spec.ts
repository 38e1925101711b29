import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONSOLE_ORIGIN, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CLIENT, startIssuer, type IssuerUnderTest } from './issuer-under-test.js';

let bank: BankCoreUnderTest;
let issuer: IssuerUnderTest;

beforeAll(async () => {
  issuer = await startIssuer(`${CONSOLE_ORIGIN}/staff/v1/oidc/return`, Date.now());
  bank = await startBankCore({
    staffIssuer: {
      url: issuer.url,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      acr: 'mfa',
      ca: issuer.ca,
    },
  });
  await bank.admin(
    `update federation.staff_account set issuer = $1, subject = 'employee-17'
     where mail_address = 'auditor@renkei.example'`,
    [issuer.url],
  );
});
afterAll(async () => {
  await bank.stop();
  await issuer.stop();
});

const get = (url: string, cookie = '') =>
  bank.app.inject({ method: 'GET', url, headers: { cookie } });
const cookieOf = (answer: { headers: object }): string =>
  String((answer.headers as Record<string, unknown>)['set-cookie'] ?? '').split(';')[0] ?? '';

async function comeBack(who: IssuerUnderTest['who']) {
  Object.assign(issuer.who, who);
  const begun = await get('/staff/v1/oidc/login');
  expect(begun.statusCode).toBe(303);
  const back = new URL(await issuer.walk(String(begun.headers.location)));
  expect(back.origin).toBe(CONSOLE_ORIGIN);
  const path = `${back.pathname}${back.search}`;
  return { path, cookie: cookieOf(begun), answer: await get(path, cookieOf(begun)) };
}

describe('officers of a bank with an issuer of its own', () => {
  test('T-17 log in there with a second factor, and are who the subject says', async () => {
    const { answer } = await comeBack({ subject: 'employee-17', acr: 'mfa' });
    expect(answer.statusCode).toBe(303);
    const me = await get('/staff/v1/me', cookieOf(answer));
    expect(me.json()).toMatchObject({ mailAddress: 'auditor@renkei.example' });
  });

  test.each([
    ['an unknown subject', { subject: 'auditor@renkei.example', acr: 'mfa' }],
    ['no second factor', { subject: 'employee-17', acr: 'password' }],
  ])('T-17 %s opens nothing', async (_, who) => {
    const { answer } = await comeBack(who);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'staff_login_failed' });
    expect(cookieOf(answer)).toBe('');
  });

  test('T-05 a return is good once, and only in the browser that set out', async () => {
    const { path, cookie } = await comeBack({ subject: 'employee-17', acr: 'mfa' });
    expect((await get(path, cookie)).statusCode).toBe(401);
    const other = await get('/staff/v1/oidc/login');
    expect((await get(path, cookieOf(other))).statusCode).toBe(401);
    expect((await get(path)).statusCode).toBe(401);
  });

  test('an installation without an issuer says so', async () => {
    const without = await startBankCore();
    const answer = await without.app.inject({ method: 'GET', url: '/staff/v1/oidc/login' });
    expect(answer.json()).toMatchObject({ status: 404, code: 'staff_issuer_not_used' });
    await without.stop();
  });
});
