import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AOBA, KODAMA, transferInitiation, TSUBAME } from './fixtures.js';
import { startGateway, type AnotherProcess, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';
import { until } from './wait-until.js';

const QUOTES = '/v1/banks/2963/transfer-quotes';
const QUOTE = {
  debitBranchCode: '165',
  creditor: { bankCode: '0001', branchCode: '001', accountType: '1', accountNumber: '1234567' },
  amount: { amount: '10000', currency: 'JPY' },
};
const MADE_UP = 'cp_01j0000000000000000000xxxx';

let gateway: GatewayUnderTest;
let noisy: AnotherProcess;
let aoba: Intermediary;
let own: string;

beforeAll(async () => {
  gateway = await startGateway();
  noisy = await gateway.another('info');
  aoba = new Intermediary(
    gateway,
    gateway.aoba,
    (await Intermediary.of(gateway, gateway.aoba)).key,
    noisy.port,
  );
  own = await aoba.ownToken();
  await until(async () => (await quote('none')).status === 200);
});
afterAll(async () => {
  await noisy?.stop();
  await gateway.stop();
});

const naming = (partner?: string, more: Record<string, string> = {}) => ({
  headers: { ...(partner === undefined ? {} : { 'x-chain-partner-id': partner }), ...more },
});
const quote = (partner?: string, more: Record<string, string> = {}) =>
  aoba.call(QUOTES, own, { method: 'POST', body: QUOTE, ...naming(partner, more) });
const verdict = ({ status, body }: Answer) => [status, body['code']];

/** What the log says of the call with that interaction id, once it says it. */
async function toldOf(call: (more: Record<string, string>) => Promise<Answer>) {
  const id = crypto.randomUUID();
  const { status } = await call({ 'x-fapi-interaction-id': id });
  const lines = () =>
    noisy
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(id))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line['msg'] === 'request' && line['status'] === status);
  await until(() => lines().length > 0);
  return lines().at(-1);
}

describe('RKN-D1a a token without a holder does not know for whom it asks', () => {
  test.each([
    ['says nothing', undefined],
    ['says nothing at all', ''],
    ['says no name', 'somebody'],
  ])('RKN-D1a T-14 a quote whose header %s: chain_partner_missing', async (_title, partner) => {
    const refused = await quote(partner);
    expect(refused.body).toMatchObject({
      status: 400,
      code: 'chain_partner_missing',
      clause: 'RKN-D1a',
      detail_en: expect.stringContaining('x-chain-partner-id'),
      detail_ja: expect.stringContaining('x-chain-partner-id'),
    });
  });

  test.each([
    ['of nobody', MADE_UP, 'chain_partner_unknown'],
    ['whose contract has ended', KODAMA, 'chain_partner_stopped'],
    ['without this function', TSUBAME, 'chain_partner_scope'],
  ])('RKN-C1a T-14 a quote for a partner %s: %s %s', async (_title, partner, code) => {
    expect(verdict(await quote(partner))).toEqual([403, code]);
  });

  test('RKN-D1a none is a word: the quote is given, and its consents ask for no word', async () => {
    expect((await quote('none')).status).toBe(200);
    const seen = gateway.bank.callsTo('transfer-quotes').at(-1)?.headers;
    expect(seen).toMatchObject({ 'x-renkei-epsp': AOBA, 'x-renkei-chain-partner': 'none' });
    const consents = await aoba.ownToken('consents');
    expect((await aoba.call('/v1/banks/2963/consents', consents)).status).toBe(200);
  });
});

describe('RKN-D1b what a push named is named by every question about it', () => {
  test('T-14 a state needs no header; one that names another partner is refused', async () => {
    await aoba.push(transferInitiation('for-tsubame'));
    const [[key, made] = []] = [...gateway.bank.transfers].filter(
      ([, { instructionId }]) => instructionId === 'for-tsubame',
    );
    gateway.bank.transfers.set(key!, { ...made!, chainPartnerId: TSUBAME });
    const find = '/v1/banks/2963/transfers?instructionId=for-tsubame';
    for (const path of [find, `/v1/banks/2963/transfers/${made!.transferId}`]) {
      expect((await aoba.call(path, own)).status).toBe(200);
      expect((await aoba.call(path, own, naming(TSUBAME))).status).toBe(200);
      expect(verdict(await aoba.call(path, own, naming('none')))).toEqual([
        403,
        'chain_partner_unknown',
      ]);
    }
    const told = await toldOf((more) => aoba.call(find, own, naming(undefined, more)));
    expect(told).toMatchObject({ intermediary: AOBA, partner: TSUBAME });
  });
});

describe('RKN-D1a the log tells for whom a call was made', () => {
  test.each([
    ['none', 'none', 'none'],
    ['an own partner that may not', TSUBAME, TSUBAME],
    ['a made-up one', MADE_UP, undefined],
    ['silence', undefined, undefined],
  ])('RKN-D1a %s', async (_title, said, partner) => {
    const told = await toldOf((more) => quote(said, more));
    expect(told).toMatchObject({ client: gateway.aoba.clientId, intermediary: AOBA });
    expect(told?.['partner']).toBe(partner);
  });
});
