import { createLocalJWKSet, decodeProtectedHeader, generateKeyPair, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seed } from '../../seeds/index.js';
import { APPROVED, authorizeUrl, CONSENT, walk } from './approve.js';
import { Browser } from './browser.js';
import { accountInformation, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Pushed } from './intermediary.js';
import { requestObject } from './signed-request.js';
import { newSoftware } from './software.js';

const SIGNING = { require_signed_request_object: true, response_modes: ['jwt'] };
let gateway: GatewayUnderTest;
let client: Intermediary;
let keys: JSONWebKeySet;

beforeAll(async () => {
  gateway = await startGateway();
  const software = await newSoftware('message-signing', MINATO, 'PS256', {
    ...SIGNING,
    request_object_signing_alg: 'PS256',
    authorization_signed_response_alg: 'PS256',
  });
  await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
  client = await Intermediary.of(gateway, software);
  const response = await gateway.fetch(`${gateway.origin}/jwks`);
  keys = (await response.json()) as JSONWebKeySet;
});
afterAll(() => gateway.stop());

type Over = Parameters<typeof requestObject>[3];
const now = () => Math.floor(Date.now() / 1000);

async function send(over: Over = {}, form: Record<string, string> = {}, params = {}) {
  const good = client.request(accountInformation(), { response_mode: 'jwt', ...params });
  const request = await requestObject(client.software, gateway.origin, good.params, over);
  return { ...good, answer: await client.post('/par', { request, ...form }) };
}

const pushed = ({ answer, params, verifier, state }: Awaited<ReturnType<typeof send>>): Pushed => {
  if (answer.status !== 201) throw new Error(`PAR refused: ${answer.text}`);
  const redirectUri = params['redirect_uri'] ?? '';
  return { requestUri: String(answer.body['request_uri']), verifier, state, redirectUri };
};

/** What the redirect carries in its one parameter, with the signature and the addressee checked. */
async function responseOf(redirect: URL) {
  expect([...redirect.searchParams.keys()]).toEqual(['response']);
  const { payload, protectedHeader } = await jwtVerify(
    redirect.searchParams.get('response') ?? '',
    createLocalJWKSet(keys),
    { issuer: gateway.origin, audience: client.software.clientId },
  );
  return { payload, protectedHeader };
}

describe('RFC 9101 a signed request object inside PAR', () => {
  test('RFC 9101 push, approve, redeem; the answer is a signed one (JARM)', async () => {
    const push = pushed(await send());
    const { payload, protectedHeader } = await responseOf(await walk(client, push));
    expect(protectedHeader).toMatchObject({ alg: 'PS256', kid: expect.any(String) });
    expect(payload).toMatchObject({ state: push.state, code: expect.any(String) });
    expect((payload.exp ?? 0) - now()).toBeGreaterThan(10);
    expect((payload.exp ?? 0) - now()).toBeLessThanOrEqual(600);
    const redeemed = await client.redeem(String(payload['code']), push);
    expect(redeemed.status).toBe(200);
    expect(redeemed.body['authorization_details']).toEqual([
      expect.objectContaining({ type: 'account_information', bank_code: '2963' }),
    ]);
  });

  test.each<[string, Over]>([
    ['an array of audiences', { claims: { aud: ['https://other.example', 'ISSUER'] } }],
    ['nbf eight seconds ahead', { claims: { nbf: now() + 8 } }],
    ['typ in any case', { header: { typ: 'OautH-auThZ-REQ+jWt' } }],
  ])('accepted: %s', async (_title, over) => {
    const claims = JSON.parse(
      JSON.stringify(over?.claims ?? {}).replace('ISSUER', gateway.origin),
    ) as Record<string, unknown>;
    expect((await send({ ...over, claims })).answer.status).toBe(201);
  });

  test.each<[string, Over]>([
    ['no exp', { claims: { exp: undefined } }],
    ['no nbf', { claims: { nbf: undefined } }],
    ['expired', { claims: { exp: now() - 60, nbf: now() - 120 } }],
    ['another audience', { claims: { aud: 'https://other.example' } }],
    ['exp in 70 minutes', { claims: { exp: now() + 70 * 60 } }],
    ['nbf 70 minutes ago', { claims: { nbf: now() - 70 * 60 } }],
    ['alg none', { header: { alg: 'none' } }],
    ['request_uri inside', { claims: { request_uri: 'urn:ietf:params:oauth:request_uri:x' } }],
    ['another client inside', { claims: { client_id: 'minato-kakei' } }],
  ])('refused with invalid_request_object: %s', async (_title, over) => {
    const { answer } = await send(over);
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request_object']);
  });

  test('refused: RS256, another key, the other registered algorithm', async () => {
    const rs256 = (await generateKeyPair('RS256')).privateKey;
    const ps256 = (await generateKeyPair('PS256')).privateKey;
    const es256 = (await generateKeyPair('ES256')).privateKey;
    for (const over of [
      { key: rs256, header: { alg: 'RS256' } },
      { key: ps256 },
      { key: es256, header: { alg: 'ES256' } },
    ]) {
      const { answer } = await send(over);
      expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request_object']);
    }
  });

  test('refused: plain parameters of a client that has to sign', async () => {
    const { params } = client.request(accountInformation(), { response_mode: 'jwt' });
    const answer = await client.post('/par', params);
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request']);
  });

  test('what stands beside the request object is not used', async () => {
    const push = pushed(
      await send({}, { state: 'from outside', redirect_uri: 'https://x.example' }),
    );
    const { payload } = await responseOf(await walk(client, push));
    expect(payload['state']).toBe(push.state);
  });
});

describe('JARM', () => {
  test('a refusal is signed as well', async () => {
    const push = pushed(await send());
    const redirect = await walk(client, push, { outcome: 'refused', reason: 'user_cancelled' });
    const { payload } = await responseOf(redirect);
    expect(payload).toMatchObject({ error: 'access_denied', state: push.state });
    expect(payload).not.toHaveProperty('code');
  });

  test('a client that registered it gets no other answer', async () => {
    const { answer } = await send({ claims: { response_mode: 'query' } });
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request']);
  });

  test.each(['form_post', 'form_post.jwt'])('T-06 %s is not offered', async (response_mode) => {
    const minato = await Intermediary.of(gateway);
    const { params } = minato.request(accountInformation(), { response_mode });
    const answer = await minato.post('/par', params);
    expect([answer.status, answer.body['error']]).toEqual([400, 'unsupported_response_mode']);
    // Without a push the error goes by redirect, and not by the page of that mode.
    const query = new URLSearchParams({
      client_id: 'minato-kakei',
      response_type: 'code',
      redirect_uri: minato.software.redirectUri,
      response_mode,
    });
    const unpushed = await minato.send('GET', `/authorize?${query.toString()}`);
    expect([unpushed.status, unpushed.headers.get('location')]).toEqual([
      303,
      expect.stringContaining('error=invalid_request'),
    ]);
  });
});

describe('openid and what a request without authorization_details stands for', () => {
  const registered = {
    scope: 'openid accounts',
    default_authorization_details: [accountInformation({ bank_code: undefined })],
  };
  const software = async (clientId: string, metadata: object, alg: 'ES256' | 'PS256' = 'ES256') => {
    const made = await newSoftware(clientId, MINATO, alg, { ...metadata });
    await seed(gateway.databases.gateway.ownerUrl, { clients: [made.seed] });
    return Intermediary.of(gateway, made);
  };
  const simple = { authorization_details: undefined };
  const redeem = async (who: Intermediary, push: Pushed) => {
    const redirect = await walk(who, push);
    const code = redirect.searchParams.get('code') ?? '';
    expect(redirect.searchParams.get('iss')).toBe(gateway.origin);
    return who.redeem(code, push);
  };

  test('openid: an ID token with a pseudonym, the nonce and no more; the scopes in any order', async () => {
    const who = await software('identity', registered);
    const nonce = 'n'.repeat(64);
    const push = await who.push({}, { ...simple, scope: 'accounts openid', nonce });
    const { body } = await redeem(who, push);
    const { payload, protectedHeader } = await jwtVerify(
      String(body['id_token']),
      createLocalJWKSet(keys),
      { issuer: gateway.origin, audience: 'identity' },
    );
    // Of two published keys the first signs; the other is there for the change of keys (docs/keys.md).
    const published = keys.keys.filter(({ alg }) => alg === 'ES256');
    expect(published).toHaveLength(2);
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: published[0]?.kid });
    expect(payload).toMatchObject({ sub: APPROVED.subject, nonce });
    expect(Object.keys(payload).sort()).toEqual(
      expect.arrayContaining(['aud', 'exp', 'iat', 'iss', 'nonce', 'sub']),
    );
    for (const claim of ['name', 'email', 'phone_number', 'address', 'birthdate'])
      expect(payload).not.toHaveProperty(claim);
    const refreshed = await who.token({
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    });
    expect(refreshed.status).toBe(200);
  });

  test('RKN-S1/a a token narrowed to openid neither reads nor ends the consent that it rests on', async () => {
    const who = await software('narrowed', registered);
    const consent = { ...CONSENT, consentId: 'cns_01j00000000000000000000088' };
    const push = await who.push({}, { ...simple, scope: 'openid accounts' });
    const redirect = await walk(who, push, { ...APPROVED, consent });
    const { body } = await who.redeem(redirect.searchParams.get('code') ?? '', push);
    const narrowed = await who.token({
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
      scope: 'openid',
    });
    expect(narrowed.status).toBe(200);
    const path = `/v1/banks/2963/consents/${consent.consentId}`;
    const end = (token: unknown) =>
      who.call(`${path}?reason=customer_request`, String(token), { method: 'DELETE' });
    const token = String(narrowed.body['access_token']);
    for (const refused of [
      await who.call('/v1/banks/2963/accounts', token),
      await who.call(path, token),
      await end(token),
    ])
      expect(refused).toMatchObject({ status: 403, body: { code: 'permission_not_granted' } });
    expect(gateway.bank.callsTo(consent.consentId)).toEqual([]);
    // The token that was not narrowed ends it.
    expect((await end(body['access_token'])).status).toBe(204);
  });

  test('id_token_signed_response_alg is the client’s choice', async () => {
    const choice = { ...registered, id_token_signed_response_alg: 'PS256' };
    const who = await software('identity-ps256', choice);
    const { body } = await redeem(who, await who.push({}, { ...simple, scope: 'openid accounts' }));
    expect(decodeProtectedHeader(String(body['id_token'])).alg).toBe('PS256');
  });

  test('plain OAuth: no ID token, and openid only for who registered it', async () => {
    const { default_authorization_details } = registered;
    const who = await software('plain', { default_authorization_details });
    const { body } = await redeem(who, await who.push({}, simple));
    expect(body).not.toHaveProperty('id_token');
    expect(body['authorization_details']).toEqual([
      expect.objectContaining({ bank_code: '2963', chain_partner: 'none' }),
    ]);
    const { params } = who.request({}, { ...simple, scope: 'openid accounts' });
    const refused = await who.post('/par', params);
    expect([refused.status, refused.body['error']]).toEqual([400, 'invalid_scope']);
  });

  test('a signed request without authorization_details stands for the registered ones too', async () => {
    const who = await software('signed-simple', { ...registered, ...SIGNING });
    const { params, verifier, state } = who.request({}, { ...simple, response_mode: 'jwt' });
    const request = await requestObject(who.software, gateway.origin, params);
    const answer = await who.post('/par', { request });
    expect(answer.status).toBe(201);
    const requestUri = String(answer.body['request_uri']);
    const redirectUri = params['redirect_uri'] ?? '';
    const redirect = await walk(who, { requestUri, verifier, state, redirectUri });
    expect(redirect.searchParams.get('response')).toMatch(/^ey/);
  });

  test('RKN-D1a who registered nothing has to say it', async () => {
    const minato = await Intermediary.of(gateway);
    const { params } = minato.request({}, simple);
    const answer = await minato.post('/par', params);
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request']);
  });

  test('the same request_uri opened twice: the second opening goes on, the first is void', async () => {
    const minato = await Intermediary.of(gateway);
    const push = await minato.push(accountInformation());
    const browser = new Browser(gateway);
    const first = await browser.open(authorizeUrl(minato, push));
    const second = await browser.open(authorizeUrl(minato, push));
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.location).not.toBe(first.location);
  });
});
