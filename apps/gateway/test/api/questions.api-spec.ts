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
});
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
/** The software's own token says for whom it asks (RKN-D1a); a holder's token knows it. */
const DIRECT = { 'x-chain-partner-id': 'none' };
const ask = (path: string, by: string, asked: object) =>
  minato.call(path, by, { method: 'POST', body: asked, headers: DIRECT });

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

describe('what the software keeps of its own transfers', () => {
  const TRANSFER = 'trf_01j00000000000000000000001';
  const signals = [
    { kind: 'new_device', grade: 'high', observedAt: '2026-11-22T14:05:00.000+09:00' },
  ];
  const report = (headers: Record<string, string>, over: object = {}) =>
    minato.call(`/v1/banks/2963/transfers/${TRANSFER}/risk-signals`, own, {
      method: 'POST',
      body: { signals, ...over },
      headers: { ...DIRECT, ...headers },
    });

  test('a day’s count, sums and hash; a day that is none in the calendar is malformed', async () => {
    const day = await minato.call('/v1/banks/2963/reconciliations/2026-11-20', own);
    expect(day.body).toMatchObject({ count: 2, amount: { amount: '26000' }, isFinal: true });
    const none = await minato.call('/v1/banks/2963/reconciliations/2026-13-01', own);
    expect([none.status, none.body['code']]).toEqual([400, 'validation_failed']);
    const byUser = await minato.call('/v1/banks/2963/reconciliations/2026-11-20', token);
    expect(byUser.status).toBe(403);
  });

  test('B-6 a change without its key is refused; the key reaches bank-core unchanged', async () => {
    const missing = await report({});
    expect([missing.status, missing.body['code']]).toEqual([400, 'idempotency_key_missing']);
    for (const sent of ['order-1', '"order-1"']) {
      const taken = await report({ 'idempotency-key': sent });
      expect([taken.status, taken.body]).toEqual([
        202,
        { transferId: TRANSFER, received: 1, receivedAt: expect.any(String) },
      ]);
      const seen = gateway.bank.callsTo('risk-signals').at(-1)?.headers;
      expect(seen).toMatchObject({ 'x-renkei-idempotency-key': 'order-1' });
    }
  });

  test('B-6 still running: 409 with Retry-After', async () => {
    gateway.bank.refusals.set('risk-signals', {
      status: 409,
      code: 'idempotency_in_progress',
      retryAfter: 1,
    });
    const refused = await report({ 'idempotency-key': 'order-2' });
    gateway.bank.refusals.clear();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([409, '1']);
    expect(refused.body).toMatchObject({ code: 'idempotency_in_progress', retryable: true });
  });

  test('T-30 free text is no signal', async () => {
    const refused = await report({ 'idempotency-key': 'x' }, { note: '湊 太郎' });
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/note' }] });
    expect(refused.text).not.toContain('太郎');
  });
});
