import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { obtainToken } from './approve.js';
import { ACCOUNT } from './fake-reads.js';
import { accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let token: string;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  token = (await obtainToken(minato, accountInformation())).accessToken;
});
afterAll(() => gateway.stop());

const accounts = '/v1/banks/2963/accounts';

describe('reads within the consent', () => {
  test('accounts, one account and balances, each with the time they stand for', async () => {
    const list = await minato.call(accounts, token);
    expect(list.body).toMatchObject({
      data: [{ accountId: ACCOUNT, bankCode: '2963' }],
      links: { self: accounts },
      meta: { count: 1, hasMore: false },
      asOf: expect.stringMatching(/\+09:00$/),
    });
    const one = await minato.call(`${accounts}/${ACCOUNT}`, token);
    expect(one.body).toMatchObject({ accountId: ACCOUNT, accountNumber: '1234567' });
    const balances = await minato.call(`${accounts}/${ACCOUNT}/balances`, token);
    expect(balances.body).toMatchObject({ current: { amount: '1234567', currency: 'JPY' } });
  });

  test.each(['silence', 'garbage'] as const)(
    'a bank whose answer is %s: 503 with Retry-After, and nothing of it is passed on',
    async (answer) => {
      gateway.bank.refusals.set('accounts', answer);
      const refused = await minato.call(accounts, token);
      gateway.bank.refusals.clear();
      expect([refused.status, refused.body['code']]).toEqual([503, 'core_unavailable']);
      expect(refused.headers.get('retry-after')).toBe('2');
      expect(refused.text).not.toContain('<html>');
    },
  );

  test('B-23 the type of a refusal leads to its page, as JSON and to read, in both languages', async () => {
    const refused = await minato.call('/v1/banks/9999/accounts', token);
    expect(refused.body).toMatchObject({
      code: 'not_found',
      type: `${gateway.origin}/problems/not_found`,
    });
    const get = (page: string, headers: Record<string, string> = {}) =>
      gateway.fetch(page, { headers });
    const page = String(refused.body['type']);
    const { sentences } = (await (await get(page)).json()) as { sentences: { en: string }[] };
    const en = String(refused.body['detail_en']);
    expect(sentences.map((each) => each.en)).toContain(en);
    const html = await get(page, { accept: 'text/html', 'accept-language': 'en' });
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html.headers.get('content-language')).toBe('en');
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await html.text()).toContain(en);
    const read = await get(page, { accept: 'text/html,application/xhtml+xml' });
    expect(await read.text()).toContain(refused.body['detail_ja']);
    const unknown = await get(`${gateway.origin}/problems/no_such_code`);
    expect(unknown.status).toBe(404);
  });

  test('bank-core is told client, intermediary, chain partner, consent and interaction of every call', async () => {
    const interaction = '3f1c2f0a-7a51-4a4e-9d3f-0a6c2f3f0b77';
    await minato.call(accounts, token, { headers: { 'x-fapi-interaction-id': interaction } });
    expect(gateway.bank.callsTo('accounts').at(-1)?.headers).toMatchObject({
      'x-fapi-interaction-id': interaction,
      'x-renkei-client': 'minato-kakei',
      'x-renkei-epsp': 'epsp_01j0000000000000000000mnat',
      'x-renkei-chain-partner': 'none',
      'x-renkei-consent': 'cns_01j00000000000000000000001',
    });
  });

  test('SM-3.5 bank-core is told what the call claims of the customer, and nothing else', async () => {
    const told = async (headers: Record<string, string>) => {
      expect((await minato.call(accounts, token, { headers })).status).toBe(200);
      const seen = gateway.bank.callsTo('accounts').at(-1)?.headers ?? {};
      return [seen['x-renkei-customer-address'], seen['x-renkei-customer-logged-in-at']];
    };
    const address = '2001:DB8::1893:25c8:1946';
    const loggedIn = { 'x-fapi-auth-date': 'Sun, 22 Nov 2026 01:02:03 GMT' };
    const at = '2026-11-22T10:02:03.000+09:00';
    expect(await told({ 'x-fapi-customer-ip-address': address, ...loggedIn })).toEqual([
      address,
      at,
    ]);
    expect(await told(loggedIn)).toEqual([undefined, at]);
    expect(await told({})).toEqual([undefined, undefined]);
    // Whose address it is says the gateway alone, never a caller.
    expect(await told({ 'x-renkei-customer-address': address })).toEqual([undefined, undefined]);
  });

  test('SM-3.5 a claim that nobody can read is refused by the name of its header', async () => {
    const before = gateway.bank.callsTo('accounts').length;
    const refusedFor = async (headers: Record<string, string>) => {
      const { status, body } = await minato.call(accounts, token, { headers });
      const errors = body['errors'] as { pointer: string }[];
      return [status, body['code'], ...errors.map(({ pointer }) => pointer)];
    };
    const refusal = [400, 'customer_claim_malformed'];
    for (const address of ['me', '192.0.2.7, 192.0.2.8', '192.0.2.7:443', 'fe80::1%eth0', '[::1]'])
      expect(await refusedFor({ 'x-fapi-customer-ip-address': address })).toEqual([
        ...refusal,
        'x-fapi-customer-ip-address',
      ]);
    const both = { 'x-fapi-customer-ip-address': 'me', 'x-fapi-auth-date': '2026-11-22' };
    expect(await refusedFor(both)).toEqual([
      ...refusal,
      'x-fapi-customer-ip-address',
      'x-fapi-auth-date',
    ]);
    expect(gateway.bank.callsTo('accounts').length).toBe(before);
  });

  test('statements come in pages whose cursor leads to the next', async () => {
    const path = `${accounts}/${ACCOUNT}/transactions?from=2026-11-01&limit=2`;
    const seen: unknown[] = [];
    let next: string | undefined = path;
    while (next) {
      const page = await minato.call(next, token);
      expect(page.status).toBe(200);
      const { next: told } = page.body['links'] as { next?: string };
      expect(page.headers.get('link')).toBe(told ? `<${told}>; rel="next"` : null);
      seen.push(...(page.body['data'] as { transactionId: string }[]).map((t) => t.transactionId));
      next = (page.body['links'] as { next?: string }).next;
    }
    expect(seen).toEqual(['t1', 't2', 't3', 't4', 't5']);
  });
});

describe('transfers', () => {
  test('the state is readable by instruction id from the moment of the push', async () => {
    await minato.push(transferInitiation('order-1'));
    const status = await minato.token({
      grant_type: 'client_credentials',
      scope: 'transfers:status',
    });
    const own = String(status.body['access_token']);
    const found = await minato.call('/v1/banks/2963/transfers?instructionId=order-1', own);
    expect(found.body).toMatchObject({ instructionId: 'order-1', status: 'RCVD' });
    const { transferId } = found.body as { transferId: string };
    const same = await minato.call(`/v1/banks/2963/transfers/${transferId}`, own);
    expect(same.body).toEqual(found.body);
  });
});
