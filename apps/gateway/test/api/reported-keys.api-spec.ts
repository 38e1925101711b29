import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seed } from '../../seeds/index.js';
import { ChangeDesk, SoftwareDesk } from '../../src/clients/index.js';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import { decisionOn } from './bank-decision.js';
import { CertifiedIntermediary, clientCertificate } from './certified.js';
import { AOBA, accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { CREDENTIALS, decideChange, findingsOf, newKey, Registrant } from './registrant.js';
import type { OwnKey } from './registrant.js';
import { SelfSigned } from './self-signed.js';
import { newSoftware } from './software.js';

let gateway: GatewayUnderTest;
let desk: ChangeDesk;
const open: CertifiedIntermediary[] = [];

beforeAll(async () => {
  gateway = await startGateway();
  desk = new ChangeDesk(gateway.databases.gateway.ownerUrl);
});
afterAll(async () => {
  for (const client of open) client.stop();
  await desk.close();
  await gateway.stop();
});

const ACCOUNTS = '/v1/banks/2963/accounts';
const REASON = { reason: 'stolen laptop' };

const report = (registrant: Registrant, kid: string, by: OwnKey) =>
  registrant.manage('POST', `/keys/${kid}/compromises`, REASON, by);

/** Somebody's software that is known by a certificate of the admitted authority, with a consent. */
async function stranger(name: string, nth: number) {
  const pair = await clientCertificate(gateway, `${name}.example`);
  const software = await newSoftware(name, AOBA, 'ES256', {
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_san_dns: `${name}.example`,
  });
  await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
  const client = await CertifiedIntermediary.with(gateway, software, pair);
  open.push(client);
  const consent = { ...CONSENT, consentId: `cns_01j0000000000000000000008${nth}` };
  const granted = await obtainToken(client, accountInformation(), { ...APPROVED, consent });
  const x509 = new X509Certificate(pair.certificate);
  return { client, x509, ...granted };
}

/** What the stranger has: its grant, its token, a further one, and a new one from its refresh token. */
async function standingOf({
  client,
  accessToken,
  refreshToken,
}: Awaited<ReturnType<typeof stranger>>) {
  const [grant] = await gateway.asOwner<{ ended: string | null }>(
    'select ended_code as ended from consent_grant where client_id = $1',
    [client.software.clientId],
  );
  const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return [
    grant?.ended,
    (await client.call(ACCOUNTS, accessToken)).status,
    (await client.token(refresh)).status,
    (await client.token(CREDENTIALS)).status,
  ];
}
const UNHARMED = [null, 200, 200, 200];

describe('T-09 whom a report concerns', () => {
  test('T-09 a stranger’s key that somebody registered and reports is dead to that somebody alone', async () => {
    const victim = await stranger('victim-key', 1);
    const liar = await Registrant.of(gateway);
    const jwk = { ...victim.x509.publicKey.export({ format: 'jwk' }), kid: 'x', alg: 'ES256' };
    liar.claims = { ...liar.claims, jwks: { keys: [liar.own.jwk, jwk] } };
    expect((await liar.register()).status).toBe(201);
    expect((await report(liar, 'x', liar.own)).status).toBe(201);
    expect((await liar.manage('GET', '/keys')).body['keys']).toEqual(
      expect.arrayContaining([expect.objectContaining({ kid: 'x', standing: 'compromised' })]),
    );
    expect(await standingOf(victim)).toEqual(UNHARMED);
  });

  test('T-09 a key that is shown gives up itself, and no certificate that came along', async () => {
    const victim = await stranger('victim-certificate', 2);
    const liar = await Registrant.registered(gateway);
    const own = await SelfSigned.make();
    const path = `/register/${liar.clientId}/keys/${own.thumbprint}/compromises`;
    const { kid: _kid, ...bare } = own.bare('');
    const jwk = { ...bare, x5c: [victim.x509.raw.toString('base64')] };
    const by = own.own(own.thumbprint);
    const answer = await liar.send('POST', path, REASON, {
      authorization: `Bearer ${liar.token}`,
      'key-proof': await liar.proof('POST', path, REASON, by, {}, { jwk }),
    });
    expect(answer.status).toBe(201);
    expect(await standingOf(victim)).toEqual(UNHARMED);
  });

  test('T-09 what another key reported, the key itself and two officers report for everybody', async () => {
    const minato = await Registrant.registered(gateway);
    const next = await newKey();
    await decideChange(desk, await minato.manage('POST', '/keys', { jwk: next.jwk }, minato.own));
    expect((await report(minato, minato.own.kid, next)).status).toBe(201);
    const thief = await Registrant.of(gateway);
    thief.claims = { ...thief.claims, jwks: { keys: [{ ...minato.own.jwk, kid: 'other' }] } };
    const field = 'jwks.keys[0]';
    expect(findingsOf(await thief.register())).toEqual([`${field}: key_of_another`]);
    const officers = new SoftwareDesk(gateway.databases.gateway.ownerUrl);
    try {
      const decision = { ...decisionOn(minato.clientId), kid: minato.own.kid };
      expect(await officers.reportKey(decision)).toEqual({ ok: true, value: undefined });
      expect(await officers.reportKey(decision)).toMatchObject({
        refusal: { code: 'key_already_compromised' },
      });
    } finally {
      await officers.close();
    }
    expect(findingsOf(await thief.register())).toContain(`${field}: key_compromised`);
    // And the key that is left, by itself.
    expect((await report(minato, next.kid, next)).status).toBe(201);
    thief.claims = { ...thief.claims, jwks: { keys: [{ ...next.jwk, kid: 'other' }] } };
    expect(findingsOf(await thief.register())).toContain(`${field}: key_compromised`);
  });
});

describe('T-09 T-12 what a stolen key asked for', () => {
  test('T-12 a wish that it proved is not approved; by another key the same wish is another one', async () => {
    const minato = await Registrant.registered(gateway);
    const next = await newKey();
    await decideChange(desk, await minato.manage('POST', '/keys', { jwk: next.jwk }, minato.own));
    const wish = await minato.wish({ redirect_uris: ['https://evil.example/callback'] });
    const asked = await minato.manage('PUT', '', wish, minato.own);
    expect(asked.status).toBe(202);
    expect(await desk.pending()).toContainEqual(
      expect.objectContaining({ clientId: minato.clientId, provenBy: `key ${minato.own.kid}` }),
    );
    expect((await report(minato, minato.own.kid, next)).status).toBe(201);
    expect(await decideChange(desk, asked)).toMatchObject({
      refusal: { code: 'change_key_compromised' },
    });
    // The reported key is left out of the set; what is wished for is the same.
    const left = { ...wish, jwks: { keys: [next.jwk] } };
    const again = await minato.manage('PUT', '', left, next);
    expect(again.status).toBe(202);
    expect(again.body['pending_change']).toMatchObject({
      content_hash: (asked.body['pending_change'] as Record<string, unknown>)['content_hash'],
    });
    expect(again.headers.get('location')).not.toBe(asked.headers.get('location'));
    expect((await decideChange(desk, again)).ok).toBe(true);
    expect((await decideChange(desk, asked, 'rejected')).ok).toBe(true);
  });

  test('T-12 a token that it recovered ends nothing once it is reported, even where no key is left', async () => {
    const minato = await Registrant.registered(gateway);
    const softwareId = String(minato.claims['software_id']);
    const body = { software_id: softwareId };
    const path = '/register/recoveries';
    const names = { iss: softwareId, sub: softwareId };
    const proof = await minato.proof('POST', path, body, minato.own, names);
    const found = await minato.send('POST', path, body, { 'key-proof': proof });
    expect(found.status).toBe(200);
    minato.token = String(found.body['registration_access_token']);
    const officers = new SoftwareDesk(gateway.databases.gateway.ownerUrl);
    const decision = { ...decisionOn(minato.clientId), kid: minato.own.kid };
    expect((await officers.reportKey(decision)).ok).toBe(true);
    await officers.close();
    const gone = await minato.manage('DELETE', '');
    expect([gone.status, gone.body['error']]).toEqual([403, 'key_proof_required']);
    // The way on: a new statement vouches for a new key, and that key ends it.
    const next = await newKey();
    const statement = await minato.fresh({ jwks: { keys: [next.jwk] } });
    const wish = { jwk: next.jwk, software_statement: statement };
    expect((await decideChange(desk, await minato.manage('POST', '/keys', wish))).ok).toBe(true);
    expect((await minato.manage('DELETE', '', undefined, next)).status).toBe(204);
  });
});
