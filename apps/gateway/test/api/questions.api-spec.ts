import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { obtainToken } from './approve.js';
import { ACCOUNT } from './fake-reads.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let token: string;
let own: string;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  token = (await obtainToken(minato, accountInformation())).accessToken;
  own = await minato.ownToken();
}, 30_000);
afterAll(() => gateway.stop());

const QUOTES = '/v1/banks/2963/transfer-quotes';
const FUNDS = '/v1/banks/2963/funds-confirmations';
const creditor = {
  bankCode: '0001',
  branchCode: '001',
  accountType: '1',
  accountNumber: '1234567',
};
const body = { debitBranchCode: '165', creditor, amount: { amount: '10000', currency: 'JPY' } };
const ask = (path: string, by: string, asked: object) =>
  minato.call(path, by, { method: 'POST', body: asked });

describe('questions that change nothing', () => {
  test('a quote with the software’s own token: fee, kind, day, arrival', async () => {
    const quote = await ask(QUOTES, own, body);
    expect([quote.status, quote.body]).toEqual([
      200,
      expect.objectContaining({
        kind: 'furikomi',
        fee: { amount: '440', currency: 'JPY' },
        payeeName: 'not_checked',
        expectedCreditAt: expect.stringMatching(/\+09:00$/),
      }),
    ]);
    expect(quote.headers.get('cache-control')).toBe('no-store');
    const named = await ask(QUOTES, own, { ...body, creditor: { ...creditor, nameKana: 'ア' } });
    expect(named.body['payeeName']).toBe('match');
  });

  test('RKN-S1 a user’s token was given for something else and asks no quote', async () => {
    expect((await ask(QUOTES, token, body)).body['code']).toBe('permission_not_granted');
  });

  test('a confirmation of funds and the limits rest on the consent’s balances_read', async () => {
    const amount = { amount: '5000', currency: 'JPY' };
    const funds = await ask(FUNDS, token, { accountId: ACCOUNT, amount });
    expect(funds.body).toMatchObject({ accountId: ACCOUNT, amount, isAvailable: true });
    const limits = await minato.call(`/v1/banks/2963/accounts/${ACCOUNT}/limits`, token);
    expect(limits.body).toMatchObject({
      dailyLimit: { amount: '500000' },
      bases: [{ basis: 'request_date', left: { amount: '470000' } }, {}],
    });
    expect((await ask(FUNDS, own, { accountId: ACCOUNT, amount })).status).toBe(403);
  });

  test('T-15 a spent cap is 429 with Retry-After and its policy, as bank-core said', async () => {
    gateway.bank.refusals.set('funds-confirmations', {
      status: 429,
      code: 'quota_exceeded',
      retryAfter: 3600,
    });
    const amount = { amount: '5000', currency: 'JPY' };
    const refused = await ask(FUNDS, token, { accountId: ACCOUNT, amount });
    gateway.bank.refusals.clear();
    expect([refused.status, refused.body['code']]).toEqual([429, 'quota_exceeded']);
    expect(refused.headers.get('retry-after')).toBe('3600');
  });

  test('B-23 every wrong member is named at once, with its pointer', async () => {
    const wrong = { ...body, debitBranchCode: 'x', amount: { amount: '0', currency: 'USD' } };
    const refused = await ask(QUOTES, own, { ...wrong, surprise: 1 });
    const pointers = (refused.body['errors'] as { pointer: string }[]).map((e) => e.pointer);
    expect(refused.status).toBe(400);
    expect(new Set(pointers)).toEqual(
      new Set(['/surprise', '/debitBranchCode', '/amount/amount', '/amount/currency']),
    );
  });
});
