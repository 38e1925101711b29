import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { hashOf } from '#libs/kernel';
import { mintLeaf } from '../../../../tools/certificates/mint.js';
import { localAgent, localFetch, type LocalFetch } from '../../../../tools/http/index.js';
import { issueStatement, type DemoIssuer } from '../../../../tools/start/statement-issuer.js';
import { machineNow } from '../../../../tools/machine-clock.js';
import { householdRequest, MINATO, Scene, until } from './scene.js';

let scene: Scene;
let issuer: DemoIssuer;

beforeAll(async () => {
  scene = await Scene.open();
  const file = await readFile(scene.system.secrets.statementIssuerFile, 'utf8');
  issuer = JSON.parse(file) as DemoIssuer;
});
afterAll(() => scene.close());

type Body = Record<string, unknown>;

/** A developer at a terminal: a key, a statement of the directory, and nothing else. */
class Developer {
  private constructor(
    private readonly key: CryptoKey,
    readonly jwk: JWK,
    readonly softwareId: string,
  ) {}

  static async begins(): Promise<Developer> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'dev-1', alg: 'ES256', use: 'sig' };
    return new Developer(privateKey, jwk, `sw-${randomBytes(6).toString('hex')}`);
  }

  statement(epspId = MINATO): Promise<string> {
    const vouched = {
      epspId,
      softwareId: this.softwareId,
      clientName: 'みなと家計',
      roles: ['account_information'],
      redirectUris: ['https://app.localhost:8446/callback'],
      jwks: { keys: [this.jwk] },
    };
    const now = Math.floor(machineNow() / 1000);
    return issueStatement(issuer, scene.system.gatewayOrigin, vouched, now);
  }

  async send(
    method: string,
    path: string,
    options: { body?: Body; token?: string; proofOf?: string; fetch?: LocalFetch } = {},
    origin = scene.system.gatewayOrigin,
  ): Promise<{ status: number; body: Body }> {
    const { body, token, proofOf, fetch = scene.system.fetch } = options;
    const headers: Record<string, string> = {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(proofOf ? { 'key-proof': await this.proof(proofOf, method, path, body) } : {}),
    };
    const sent = body ? { body: JSON.stringify(body) } : {};
    const response = await fetch(`${origin}${path}`, { method, headers, ...sent });
    const text = await response.text();
    return { status: response.status, body: text ? (JSON.parse(text) as Body) : {} };
  }

  private proof(subject: string, method: string, path: string, body: Body | undefined) {
    const content = body ? { content: hashOf(body) } : {};
    return new SignJWT({ htm: method, htu: `${scene.system.gatewayOrigin}${path}`, ...content })
      .setProtectedHeader({ alg: 'ES256', kid: 'dev-1', typ: 'key-proof+jwt' })
      .setIssuer(subject)
      .setSubject(subject)
      .setAudience(scene.system.gatewayOrigin)
      .setIssuedAt(Math.floor(machineNow() / 1000))
      .setJti(randomBytes(12).toString('hex'))
      .sign(this.key);
  }
}

test('B-8 a lost answer, a lost token and a lost id: the registration is one, and found again', async () => {
  const developer = await Developer.begins();
  const statement = await developer.statement();
  const request = { software_statement: statement, contacts: ['dev@minato.example'] };
  const first = await developer.send('POST', '/register', { body: request });
  expect(first.status).toBe(201);
  const clientId = String(first.body['client_id']);

  // The answer was lost: the same request tells the same registration, and no secret.
  const again = await developer.send('POST', '/register', { body: request });
  expect([again.status, again.body['client_id']]).toEqual([200, clientId]);
  expect(again.body).not.toHaveProperty('registration_access_token');
  // Months later, with a new statement: still one registration.
  const later = { ...request, software_statement: await developer.statement() };
  expect((await developer.send('POST', '/register', { body: later })).body['client_id']).toBe(
    clientId,
  );

  // A certificate beside the key, approved by two officers of the bank.
  const { clientAuthority } = scene.system.certificates;
  const authority = {
    certificate: await readFile(clientAuthority.certificate, 'utf8'),
    key: await readFile(clientAuthority.key, 'utf8'),
  };
  const pair = await mintLeaf(authority, { name: 'minato.example', use: 'client' }, machineNow());
  const token = String(first.body['registration_access_token']);
  const asked = await developer.send('POST', `/register/${clientId}/certificates`, {
    body: { certificate: pair.certificate, kid: 'tls-1' },
    token,
    proofOf: clientId,
  });
  expect([asked.status, asked.body['state']]).toEqual([202, 'pending']);
  const changeId = String(asked.body['change_id']);
  expect(await scene.staff('changes')).toContain(changeId);
  expect(await scene.staff('approve-change', '--change', changeId)).toContain('承認');

  // Token and id are gone. Certificate and software id find both; the old token is void at once.
  const agent = localAgent(scene.system.authority, { cert: pair.certificate, key: pair.key });
  const lost = { body: { software_id: developer.softwareId }, fetch: localFetch(agent) };
  const { gatewayMutualOrigin } = scene.system;
  const found = await developer.send('POST', '/register/recoveries', lost, gatewayMutualOrigin);
  agent.destroy();
  expect([found.status, found.body['client_id']]).toEqual([200, clientId]);
  const fresh = String(found.body['registration_access_token']);
  const read = (by: string) => developer.send('GET', `/register/${clientId}`, { token: by });
  expect((await read(token)).status).toBe(401);
  expect((await read(fresh)).status).toBe(200);

  // And it can be given up by whoever forgot the id once more, but not by the token alone (T-12).
  const alone = await developer.send('DELETE', '/register', { token: fresh });
  expect([alone.status, alone.body['error']]).toEqual([403, 'key_proof_required']);
  const proven = { token: fresh, proofOf: developer.softwareId };
  expect((await developer.send('DELETE', '/register', proven)).status).toBe(204);
  expect((await read(fresh)).status).toBe(401);
});

test('T-17 one officer alone approves no change of a registration', async () => {
  const developer = await Developer.begins();
  const statement = await developer.statement();
  const { body } = await developer.send('POST', '/register', {
    body: { software_statement: statement },
  });
  const clientId = String(body['client_id']);
  const token = String(body['registration_access_token']);
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'dev-2' };
  const asked = await developer.send('POST', `/register/${clientId}/keys`, {
    body: { jwk },
    token,
    proofOf: clientId,
  });
  const change = ['--change', String(asked.body['change_id'])];
  await expect(
    scene.staffAs('compliance', 'compliance', 'approve-change', ...change),
  ).rejects.toMatchObject({ code: 4 });
  const listed = await developer.send('GET', `/register/${clientId}/keys`, { token });
  expect(listed.body['keys']).toHaveLength(1);
  expect(await scene.staff('reject-change', ...change)).toContain('却下');
});

const tomorrow = () =>
  new Date(machineNow() + 24 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+00:00');

test('users.md A.3 software that two officers block: standing and withdrawals, no data; then as before', async () => {
  const minato = scene.intermediary(MINATO);
  const holder = scene.person('taro-2963');
  const tokens = await scene.consented(minato, holder, householdRequest('2963'));
  const given = await scene.consented(minato, holder, householdRequest('2963'));
  const read = () => minato.get(tokens.accessToken, '/v1/banks/2963/accounts');
  expect((await read()).status).toBe(200);
  const software = ['--software', minato.client.client_id, '--basis', '不審な呼出し'];
  const block = ['block', ...software, '--until', tomorrow()];
  await expect(scene.staffAs('compliance', 'compliance', ...block)).rejects.toMatchObject({
    code: 4,
  });
  expect((await read()).status).toBe(200);

  expect(await scene.staff(...block)).toContain('停止しました');
  expect(await scene.staff('blocks')).toMatch(/不審な呼出し/);
  // Told before anybody is asked to agree: no approval without an effect.
  await expect(scene.staff(...block)).rejects.toMatchObject({
    code: 4,
    stdout: expect.not.stringContaining('起案'),
  });
  await until(async () => (await read()).status === 403);
  expect((await read()).body).toMatchObject({ code: 'software_blocked', clause: 'INT-13' });
  await expect(minato.push('accounts', householdRequest('2963'))).rejects.toMatchObject({
    error: 'unauthorized_client',
    error_description: expect.stringMatching(/^software_blocked: /),
  });
  const standing = async () =>
    (await minato.get(await minato.ownToken('participants'), '/v1/participants/me/standing')).body;
  const dutiesNow = { discloseData: false, acceptConsents: false, acceptWithdrawals: true };
  expect(await standing()).toMatchObject({
    participant: 'active',
    application: 'inactive',
    applicationBlock: { until: expect.any(String), duty: { ja: expect.any(String) } },
    duties: { ...dutiesNow, endConsents: false },
  });
  const own = await minato.ownToken('consents');
  const consent = `/v1/banks/2963/consents/${String(given.details[0]!['consent_id'])}`;
  const why = { query: { reason: 'customer_request' } };
  expect((await minato.send('DELETE', own, consent, why)).status).toBe(204);
  expect((await minato.get(own, consent)).body).toMatchObject({ state: 'revoked' });

  expect(await scene.staff('unblock', ...software)).toContain('解除しました');
  await until(async () => (await read()).status === 200);
  expect(await standing()).toMatchObject({ application: 'active', applicationBlock: null });
});

test('T-09 two officers report a key that leaked: it is compromised from then on', async () => {
  const developer = await Developer.begins();
  const registered = await developer.send('POST', '/register', {
    body: { software_statement: await developer.statement() },
  });
  const clientId = String(registered.body['client_id']);
  const key = ['--software', clientId, '--kid', 'dev-1', '--basis', '公開リポジトリ'];
  expect(await scene.staff('report-key', ...key)).toContain('漏えい');
  const token = String(registered.body['registration_access_token']);
  const listed = await developer.send('GET', `/register/${clientId}/keys`, { token });
  expect(listed.body['keys']).toMatchObject([{ kid: 'dev-1', standing: 'compromised' }]);
  await expect(scene.staff('report-key', ...key)).rejects.toMatchObject({ code: 4 });
});

test('B-23 everything that is wrong with a registration is told at once', async () => {
  const developer = await Developer.begins();
  const { status, body } = await developer.send('POST', '/register', {
    body: {
      software_statement: await developer.statement('epsp_01j00000000000000000000000'),
      redirect_uris: ['https://app.localhost:8446/callback', 'http://app.localhost/#here'],
      jwks: { keys: [{ ...developer.jwk, d: 'a-private-member', kid: undefined }] },
      jwks_uri: 'https://app.localhost/jwks',
      token_endpoint_auth_method: 'client_secret_basic',
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
      id_token_signed_response_alg: 'RS256',
      response_types: ['code id_token'],
    },
  });
  expect([status, body['error']]).toEqual([400, 'invalid_software_statement']);
  const errors = body['errors'] as Record<string, string>[];
  expect(errors.map(({ field, rule }) => `${field}: ${rule}`).sort()).toEqual([
    'dpop_bound_access_tokens / tls_client_certificate_bound_access_tokens: one_sender_constraint',
    'id_token_signed_response_alg: value_not_allowed',
    'jwks.keys[0].d: key_private',
    'jwks.keys[0].kid: key_id_wrong',
    'jwks.keys[0]: not_in_statement',
    'jwks_uri: member_not_accepted',
    'redirect_uris[1]: not_in_statement',
    'redirect_uris[1]: redirect_uri_not_https',
    'require_pushed_authorization_requests: value_is_policy',
    'response_types: value_is_policy',
    'software_statement.epsp_id: intermediary_unknown',
    'token_endpoint_auth_method: value_not_allowed',
  ]);
  const one = errors.find(({ rule }) => rule === 'redirect_uri_not_https');
  expect(one).toMatchObject({
    got: 'http://app.localhost/#here',
    wanted: 'https://…',
    page: expect.stringMatching(/\/redirect_uri_not_https$/),
    detail: expect.stringMatching(/リダイレクト URI/),
  });
  expect(JSON.stringify(body)).not.toContain('a-private-member');
});
