import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
});
afterAll(() => gateway.stop());

type Params = Record<string, string | undefined>;

describe('T-21 a push that is refused for whatever stands beside its element', () => {
  const proof = (nonce?: string) => minato.key.proof('POST', `${gateway.origin}/par`, { nonce });
  const pay = (id: string, over: Params = {}, headers: Record<string, string> = {}) =>
    minato.post('/par', minato.request(transferInitiation(id), over).params, headers);

  /** A proof that has served once, with the nonce that was demanded. */
  async function spentProof(): Promise<string> {
    const reading = () => minato.request(accountInformation()).params;
    await minato.post('/par', reading(), { dpop: await proof() });
    const dpop = await proof(minato.nonceOf('/par'));
    expect((await minato.post('/par', reading(), { dpop })).status).toBe(201);
    return dpop;
  }

  //    case                       error              the push
  test.each<[string, string, (id: string) => Promise<{ status: number; body: object }>]>([
    ['a proof without nonce', 'use_dpop_nonce', async (id) => pay(id, {}, { dpop: await proof() })],
    [
      'a proof that was used before',
      'invalid_request',
      async (id) => pay(id, {}, { dpop: await spentProof() }),
    ],
    ['another resource', 'invalid_target', (id) => pay(id, { resource: 'https://other.example/' })],
    ['another scope', 'invalid_scope', (id) => pay(id, { scope: 'accounts' })],
  ])(
    'T-21 %s: the bank is not asked, and the instruction id is free for other content',
    async (title, error, refusedPush) => {
      const id = title.replaceAll(' ', '-');
      expect(await refusedPush(id)).toMatchObject({ status: 400, body: { error } });
      const asked = gateway.bank.callsTo('2963/transfers');
      expect(asked.filter(({ body }) => JSON.stringify(body).includes(id))).toEqual([]);
      const amount = { amount: '10001', currency: 'JPY' };
      const corrected = minato.request(transferInitiation(id, { amount })).params;
      expect((await minato.post('/par', corrected)).status).toBe(201);
    },
  );
});
