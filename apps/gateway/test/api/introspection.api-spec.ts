import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seed } from '../../seeds/index.js';
import { SoftwareDesk } from '../../src/clients/index.js';
import { obtainToken } from './approve.js';
import { anHourFor, decisionOn } from './bank-decision.js';
import { accountInformation, AOBA } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { newSoftware, type Software } from './software.js';

const SIGNED = { accept: 'application/token-introspection+jwt' };
const JSON_ONLY = { accept: 'application/json' };

let gateway: GatewayUnderTest;
let minato: Intermediary;
let server: Intermediary;
let serverSoftware: Software;
let token: string;
let refreshToken: string;

beforeAll(async () => {
  serverSoftware = await newSoftware('ledger-api', 'nobody');
  const { jwks } = serverSoftware.seed;
  gateway = await startGateway({
    resourceServers: [{ clientId: 'ledger-api', metadata: { jwks } }],
  });
  minato = await Intermediary.of(gateway);
  server = await Intermediary.of(gateway, serverSoftware);
  ({ accessToken: token, refreshToken } = await obtainToken(minato, accountInformation()));
});
afterAll(() => gateway.stop());

const ask = (who: Intermediary, value: string, headers: Record<string, string> = JSON_ONLY) =>
  who.post('/introspect', { token: value }, headers);

describe('RFC 7662 introspection', () => {
  test('RFC 7662 a resource server learns whose token it is, for what, and what it is bound to', async () => {
    const { status, body } = await ask(server, token);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      active: true,
      client_id: 'minato-kakei',
      iss: gateway.origin,
      aud: `${gateway.origin}/v1`,
      scope: 'accounts',
      token_type: 'DPoP',
      cnf: { jkt: minato.key.thumbprint },
      authorization_details: [
        expect.objectContaining({ bank_code: '2963', chain_partner: 'none' }),
      ],
    });
  });

  test('RFC 9701 the answer is signed for the one who asked', async () => {
    const answer = await ask(server, token, SIGNED);
    expect(answer.headers.get('content-type')).toMatch(/^application\/token-introspection\+jwt/);
    const keys = (await (await gateway.fetch(`${gateway.origin}/jwks`)).json()) as JSONWebKeySet;
    const { payload } = await jwtVerify(answer.text, createLocalJWKSet(keys), {
      issuer: gateway.origin,
      typ: 'token-introspection+jwt',
    });
    expect(payload['token_introspection']).toMatchObject({
      active: true,
      client_id: 'minato-kakei',
    });
    expect(payload.aud).toBe('ledger-api');
    // RFC 9701 section 5: what must not be taken for a statement about the holder of this JWT.
    expect(payload).not.toHaveProperty('sub');
    expect(payload).not.toHaveProperty('exp');
  });

  test('an intermediary learns nothing, not even of its own tokens', async () => {
    expect((await ask(minato, token)).body).toEqual({ active: false });
    const aoba = await Intermediary.of(gateway, gateway.aoba);
    expect((await ask(aoba, token)).body).toEqual({ active: false });
  });

  test('an unknown token and a refresh token are inactive to a resource server', async () => {
    expect((await ask(server, 'x'.repeat(43))).body).toEqual({ active: false });
    expect((await ask(server, refreshToken)).body).toEqual({ active: false });
  });

  test('no authentication, no answer', async () => {
    const none = { client_assertion: undefined, client_assertion_type: undefined };
    const answer = await server.post('/introspect', { token, ...none });
    expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client']);
  });

  test('users.md A.3 the token of blocked software is inactive where data would be disclosed', async () => {
    const software = await newSoftware('blocked-later', AOBA);
    await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
    const client = await Intermediary.of(gateway, software);
    const { body } = await client.token({
      grant_type: 'client_credentials',
      scope: 'transfers:status',
    });
    const value = String(body['access_token']);
    expect((await ask(server, value)).body['active']).toBe(true);
    const desk = new SoftwareDesk(gateway.databases.gateway.ownerUrl);
    expect((await desk.block(anHourFor('blocked-later'))).ok).toBe(true);
    expect((await ask(server, value)).body).toEqual({ active: false });
    expect((await desk.lift(decisionOn('blocked-later'))).ok).toBe(true);
    await desk.close();
    expect((await ask(server, value)).body['active']).toBe(true);
  });

  test('T-09 the token that a reported DPoP key is bound to is inactive, as it is at every call', async () => {
    const client = await Intermediary.of(gateway);
    const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
    const value = String((await client.token(form)).body['access_token']);
    expect((await ask(server, value)).body['active']).toBe(true);
    await gateway.asOwner(
      `insert into compromised_key (mark, client_id, kid, reason, reported_by)
       values ($1, 'minato-kakei', $1, 'the phone is lost', 'intermediary')`,
      [client.key.thumbprint],
    );
    expect((await ask(server, value)).body).toEqual({ active: false });
  });

  test('a resource server gets no token and starts no request', async () => {
    const token = await server.token({ grant_type: 'client_credentials' });
    expect([token.status, token.body['error']]).toEqual([400, 'invalid_request']);
    const { params } = server.request(accountInformation());
    expect((await server.post('/par', params)).status).toBe(400);
  });
});

describe('RFC 7009 revocation', () => {
  test('RFC 7009 one’s own token dies at once, another’s does not', async () => {
    const aoba = await Intermediary.of(gateway, gateway.aoba);
    const { accessToken } = await obtainToken(minato, accountInformation());
    await aoba.post('/revoke', { token: accessToken });
    expect((await ask(server, accessToken)).body['active']).toBe(true);
    expect((await minato.post('/revoke', { token: accessToken })).status).toBe(200);
    expect((await ask(server, accessToken)).body).toEqual({ active: false });
    expect((await minato.call('/v1/banks/2963/accounts', accessToken)).status).toBe(401);
  });
});
