import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { assertionOf, newSoftware } from './software.js';
import { until } from './wait-until.js';
import { seed } from '../../seeds/index.js';
import { MINATO } from './fixtures.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
});
afterAll(() => gateway.stop());

const now = () => Math.floor(Date.now() / 1000);

const atPar = async (assertion: string | undefined) => {
  const { params } = minato.request(accountInformation());
  return minato.post('/par', { ...params, client_assertion: assertion });
};
const atToken = (assertion: string | undefined) =>
  minato.token({
    grant_type: 'client_credentials',
    scope: 'transfers:status',
    client_assertion: assertion,
    ...(assertion ? {} : { client_assertion_type: undefined }),
  });

const faults: [module: string, over: () => Record<string, unknown>][] = [
  ['par-test-array-as-audience-fails', () => ({ aud: [gateway.origin, 'https://other.example'] })],
  ['par-test-par-endpoint-url-as-audience-fails', () => ({ aud: `${gateway.origin}/par` })],
  ['par-test-token-endpoint-url-as-audience-fails', () => ({ aud: `${gateway.origin}/token` })],
  [
    'par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails',
    () => ({ iat: now() + 62, nbf: now() + 62, exp: now() + 122 }),
  ],
  ['ensure-client-assertion-with-exp-is-5-minutes-in-past-fails', () => ({ exp: now() - 300 })],
  ['ensure-client-assertion-with-wrong-aud-fails', () => ({ aud: 'https://other.example' })],
  ['ensure-client-assertion-with-no-sub-fails', () => ({ sub: undefined })],
  ['an assertion without jti', () => ({ jti: undefined })],
  ['an assertion without exp', () => ({ exp: undefined })],
  ['an assertion of another issuer', () => ({ iss: 'aoba-fintech' })],
];

describe.each([
  ['/par', atPar],
  ['/token', atToken],
] as const)('client assertion at %s', (path, send) => {
  test.each(faults)('%s', async (_module, over) => {
    const answer = await send(await assertionOf(minato.software, gateway.origin, over()));
    expect(answer.body['error']).toMatch(/^invalid_(client|request)$/);
    expect(answer.status).toBe(answer.body['error'] === 'invalid_client' ? 401 : 400);
    expect(answer.body).not.toHaveProperty('access_token');
  });

  test('ensure-client-assertion-in-token-endpoint: none at all', async () => {
    const answer = await send(undefined);
    expect(answer.body['error']).toMatch(/^invalid_(client|request)$/);
  });

  test('a signature of another key', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const answer = await send(await assertionOf(minato.software, gateway.origin, {}, privateKey));
    expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client']);
  });

  test('T-10 the same assertion twice', async () => {
    // The nonce is known by now, so that nothing is sent twice for its sake.
    await send(await assertionOf(minato.software, gateway.origin));
    const assertion = await assertionOf(minato.software, gateway.origin);
    expect((await send(assertion)).status).toBe(path === '/par' ? 201 : 200);
    const second = await send(assertion);
    expect([second.status, second.body['error']]).toEqual([401, 'invalid_client']);
  });

  test('T-10 the same assertion many times at once: one passes', async () => {
    await send(await assertionOf(minato.software, gateway.origin));
    const assertion = await assertionOf(minato.software, gateway.origin);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(assertion)));
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(7);
  });
});

describe('what has to be accepted', () => {
  test('par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted', async () => {
    const over = { iat: now() + 8, nbf: now() + 8, exp: now() + 68 };
    const answer = await atPar(await assertionOf(minato.software, gateway.origin, over));
    expect(answer.status).toBe(201);
  });

  test('a client that signs with PS256; ensure-signed-client-assertion-with-RS256-fails', async () => {
    const software = await newSoftware('ps-client', MINATO, 'PS256');
    await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
    const client = new Intermediary(gateway, software, minato.key);
    const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
    expect((await client.token(form)).status).toBe(200);
    const { privateKey } = await generateKeyPair('RS256');
    const rs256 = await assertionOf(software, gateway.origin, {}, privateKey, 'RS256');
    const answer = await client.token({ ...form, client_assertion: rs256 });
    expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client']);
  });

  test('ensure-client-id-in-token-endpoint: another client is named than signed', async () => {
    const form = { grant_type: 'client_credentials', client_id: 'aoba-fintech' };
    const answer = await minato.token(form);
    expect(answer.body['error']).toMatch(/^invalid_(client|request)$/);
  });

  test('a client that is gone is soon unknown, and so are the tokens it holds', async () => {
    const software = await newSoftware('soon-gone', MINATO);
    await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
    const client = new Intermediary(gateway, software, minato.key);
    const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
    const { body } = await client.token(form);
    const path = '/v1/banks/2963/transfers?instructionId=x';
    const call = () => client.call(path, String(body['access_token']));
    // From here on the token lies in the cache of this process.
    expect((await call()).status).toBe(404);
    await gateway.asOwner(`update client set status = 'deleted' where client_id = 'soon-gone'`);
    await until(async () => (await client.token(form)).status === 401);
    await until(async () => (await call()).status === 401);
  });
});
