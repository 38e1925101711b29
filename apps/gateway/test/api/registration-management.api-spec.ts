import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ChangeDesk } from '../../src/clients/index.js';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { DpopKey } from './dpop-key.js';
import { Intermediary } from './intermediary.js';
import { findingsOf, newKey, Registrant, type Answered, type OwnKey } from './registrant.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let desk: ChangeDesk;

beforeAll(async () => {
  gateway = await startGateway();
  desk = new ChangeDesk(gateway.databases.gateway.ownerUrl);
}, 30_000);
afterAll(async () => {
  await desk.close();
  await gateway.stop();
});

/** Two officers of the bank decide, as `npm run staff` lets them. */
async function decide(answer: Answered, outcome: 'approved' | 'rejected' = 'approved') {
  const change = (answer.body['pending_change'] ?? answer.body) as Record<string, string>;
  return desk.decide({
    changeId: change['change_id']!,
    contentHash: change['content_hash']!,
    outcome,
    proposalId: 'prp_01j00000000000000000000000',
    decidedBy: ['aiko@bank.example', 'goro@bank.example'],
  });
}

const CREDENTIALS = { grant_type: 'client_credentials', scope: 'transfers:status' };
const authenticates = async (registrant: Registrant, by: OwnKey): Promise<boolean> => {
  const client = new Intermediary(gateway, registrant.software(by), await DpopKey.make());
  return (await client.token(CREDENTIALS)).status === 200;
};

describe('T-12 what a stolen registration token can do', () => {
  test('T-12 it reads, and answers nobody else', async () => {
    const minato = await Registrant.registered(gateway);
    const { status, body } = await minato.manage('GET', '');
    expect([status, body['client_id']]).toEqual([200, minato.clientId]);
    const other = await Registrant.registered(gateway);
    const headers = { authorization: `Bearer ${minato.token}` };
    for (const path of ['', '/keys', '/changes']) {
      const answer = await other.send(
        'GET',
        `/register/${other.clientId}${path}`,
        undefined,
        headers,
      );
      expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_token']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    }
    const none = await minato.send('GET', `/register/${minato.clientId}`);
    expect(none.status).toBe(401);
  });

  test('T-12 it changes neither redirect URIs nor keys nor how software authenticates', async () => {
    const minato = await Registrant.registered(gateway);
    const thief = await newKey();
    const wishes = [
      { redirect_uris: ['https://evil.example/callback'] },
      { jwks: { keys: [minato.own.jwk, thief.jwk] } },
      { tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: false },
    ];
    for (const wish of wishes) {
      const answer = await minato.manage('PUT', '', await minato.wish(wish));
      expect([answer.status, answer.body['error']]).toEqual([403, 'key_proof_required']);
    }
    const body = { jwk: thief.jwk };
    expect((await minato.manage('POST', '/keys', body)).status).toBe(403);
    expect((await minato.manage('POST', '/keys', body, thief)).status).toBe(403);
    expect((await minato.manage('DELETE', `/keys/${minato.own.kid}`)).status).toBe(409);
    const report = { reason: 'none' };
    const path = `/keys/${minato.own.kid}/compromises`;
    expect((await minato.manage('POST', path, report)).status).toBe(403);
    const { body: changes } = await minato.manage('GET', '/changes');
    expect(changes['changes']).toEqual([]);
    expect(await authenticates(minato, minato.own)).toBe(true);
    const attempts = await gateway.asOwner<{ act: string; code: string }>(
      `select act, facts ->> 'code' as code from registration_record where client_id = $1
       order by record_id`,
      [minato.clientId],
    );
    expect(attempts.map(({ act, code }) => code ?? act)).toEqual([
      'registered',
      ...wishes.map(() => 'key_proof_required'),
      'key_proof_required',
      'key_proof_invalid',
      'key_proof_required',
    ]);
  });

  test('T-12 the server itself can neither add a key nor change a redirect URI nor approve', async () => {
    const minato = await Registrant.registered(gateway);
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: gateway.databases.gateway.appUrl });
    await client.connect();
    const attempts = [
      `insert into client_key (client_id, kid, purpose, thumbprint, jwk)
       values ('${minato.clientId}', 'thief', 'sign', 'x', '{}')`,
      `update client_key set jwk = '{}' where client_id = '${minato.clientId}'`,
      `update client set redirect_uris = '{https://evil.example/}' where true`,
      `insert into registration_decision values ('chg_1', 'approved', 'x', 'prp_1', '{a,b}')`,
      'delete from registration_record',
      'delete from compromised_key',
    ];
    for (const attempt of attempts)
      await expect(client.query(attempt)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });

  test.each<[string, Record<string, unknown>]>([
    ['another address', { htu: 'https://gateway.localhost/register/x' }],
    ['another method', { htm: 'POST' }],
    ['another content', { content: `sha256:${'0'.repeat(64)}` }],
    ['no content', { content: undefined }],
    ['another subject', { sub: 'aoba-fintech' }],
    ['another issuer', { iss: 'aoba-fintech' }],
    ['another audience', { aud: 'https://other.example' }],
    ['old', { iat: Math.floor(Date.now() / 1000) - 301 }],
    ['from the future', { iat: Math.floor(Date.now() / 1000) + 60 }],
    ['no jti', { jti: undefined }],
  ])('T-12 a Key-Proof with %s proves nothing', async (_title, over) => {
    const minato = await Registrant.registered(gateway);
    const wish = await minato.wish({ redirect_uris: ['https://app.example/new'] });
    const answer = await minato.manage('PUT', '', wish, minato.own, over);
    expect([answer.status, answer.body['error']]).toEqual([403, 'key_proof_invalid']);
  });

  test('T-12 a Key-Proof is good once', async () => {
    const minato = await Registrant.registered(gateway);
    const wish = await minato.wish({ redirect_uris: ['https://app.example/new'] });
    const path = `/register/${minato.clientId}`;
    const headers = {
      authorization: `Bearer ${minato.token}`,
      'key-proof': await minato.proof('PUT', path, wish, minato.own),
    };
    const send = () => minato.send('PUT', path, wish, headers);
    expect((await send()).status).toBe(202);
    expect((await send()).body['error']).toBe('key_proof_used');
  });
});

describe('a change of the registration', () => {
  test('T-12 redirect URIs change with the registered key and the approval of the bank', async () => {
    const minato = await Registrant.registered(gateway);
    const uris = ['https://app.example/callback', 'https://app.example/new'];
    const wish = await minato.wish({ redirect_uris: uris });
    const asked = await minato.manage('PUT', '', wish, minato.own);
    expect(asked.status).toBe(202);
    expect(asked.body['redirect_uris']).toEqual(['https://app.example/callback']);
    expect(asked.body['pending_change']).toMatchObject({
      state: 'pending',
      changes: { redirect_uris: uris },
    });
    // The same wish again is the same change.
    const again = await minato.manage('PUT', '', wish, minato.own);
    expect(again.headers.get('location')).toBe(asked.headers.get('location'));
    expect(await desk.pending()).toEqual(
      expect.arrayContaining([expect.objectContaining({ clientId: minato.clientId })]),
    );
    expect(await decide(asked)).toEqual({ ok: true, value: undefined });
    const { body } = await minato.manage('GET', '');
    expect(body['redirect_uris']).toEqual(uris);
    const location = asked.headers.get('location')!.replace(`/register/${minato.clientId}`, '');
    expect((await minato.manage('GET', location)).body['state']).toBe('approved');
    expect(await decide(asked)).toMatchObject({ refusal: { code: 'change_not_pending' } });
    // Who did what, in order, with the number under which everybody can ask about it.
    const record = await gateway.asOwner<{ act: string; actor: string; asked: boolean }>(
      `select act, actor, interaction_id is not null as asked from registration_record
       where client_id = $1 order by record_id`,
      [minato.clientId],
    );
    const proven = { act: 'change_asked', actor: `key ${minato.own.kid}`, asked: true };
    expect(record).toEqual([
      { act: 'registered', actor: expect.stringMatching(/^statement \w+ of https:/), asked: true },
      proven,
      proven,
      {
        act: 'change_approved',
        actor: 'aiko@bank.example, goro@bank.example',
        asked: false,
      },
    ]);
  });

  test('T-17 an approval is of this content and no other; a rejection changes nothing', async () => {
    const minato = await Registrant.registered(gateway);
    const wish = await minato.wish({ redirect_uris: ['https://app.example/new'] });
    const asked = await minato.manage('PUT', '', wish, minato.own);
    const change = asked.body['pending_change'] as Record<string, string>;
    const other = { ...asked, body: { ...change, content_hash: `sha256:${'0'.repeat(64)}` } };
    expect(await decide(other)).toMatchObject({ refusal: { code: 'change_differs' } });
    expect((await decide(asked, 'rejected')).ok).toBe(true);
    const { body } = await minato.manage('GET', '');
    expect(body['redirect_uris']).toEqual(['https://app.example/callback']);
  });

  test('names and contacts change at once; nothing else was changed, nothing is asked', async () => {
    const minato = await Registrant.registered(gateway);
    const wish = await minato.wish({ client_name: 'みなと', contacts: ['ops@minato.example'] });
    const answer = await minato.manage('PUT', '', wish);
    expect([answer.status, answer.body['client_name']]).toEqual([200, 'みなと']);
    expect((await minato.manage('GET', '')).body['contacts']).toEqual(['ops@minato.example']);
  });

  test('what an update may not say is told, all at once', async () => {
    const minato = await Registrant.registered(gateway);
    const wish = {
      ...(await minato.wish({ client_id: 'another', software_id: 'another' })),
      registration_access_token: 'x',
      redirect_uris: ['http://app.example/'],
    };
    const answer = await minato.manage('PUT', '', wish, minato.own);
    expect(findingsOf(answer)).toEqual([
      'client_id: value_is_policy',
      'software_id: value_is_policy',
      'redirect_uris[0]: redirect_uri_not_https',
      'registration_access_token: member_not_accepted',
    ]);
  });
});

describe('keys rotate without a gap', () => {
  test('both keys are good until the end of the old one', async () => {
    const minato = await Registrant.registered(gateway);
    const next = await newKey('PS256');
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const body = { jwk: next.jwk, replaces: minato.own.kid, replaced_until: soon };
    const asked = await minato.manage('POST', '/keys', body, minato.own);
    expect(asked.status).toBe(202);
    expect(await authenticates(minato, next)).toBe(false);
    expect((await decide(asked)).ok).toBe(true);
    await until(() => authenticates(minato, next));
    expect(await authenticates(minato, minato.own)).toBe(true);
    const { body: listed } = await minato.manage('GET', '/keys');
    expect(listed['keys']).toMatchObject([
      { kid: minato.own.kid, standing: 'expiring' },
      { kid: next.kid, standing: 'good' },
    ]);
    // The hour is over.
    await gateway.asOwner(
      `update client_key set good_until = clock_timestamp() where client_id = $1 and kid = $2`,
      [minato.clientId, minato.own.kid],
    );
    await until(async () => !(await authenticates(minato, minato.own)));
    expect(await authenticates(minato, next)).toBe(true);
    const { body: over } = await minato.manage('GET', '/keys');
    expect(over['keys']).toMatchObject([{ standing: 'over' }, { standing: 'good' }]);
  });

  test('a key is taken away by proof alone, the last one stays', async () => {
    const minato = await Registrant.registered(gateway);
    const next = await newKey();
    await decide(await minato.manage('POST', '/keys', { jwk: next.jwk }, minato.own));
    const path = `/keys/${minato.own.kid}`;
    expect((await minato.manage('DELETE', path, undefined, next)).status).toBe(204);
    expect((await minato.manage('DELETE', path, undefined, next)).status).toBe(404);
    const last = await minato.manage('DELETE', `/keys/${next.kid}`, undefined, next);
    expect([last.status, last.body['error']]).toEqual([409, 'last_key_stays']);
    // A kid that was used once is never given to another key.
    const reused = await newKey('ES256', minato.own.kid);
    const answer = await minato.manage('POST', '/keys', { jwk: reused.jwk }, next);
    expect(findingsOf(answer)).toEqual(['jwk.kid: key_id_wrong']);
  });

  test('what ends within thirty days is told to whoever warns', async () => {
    const minato = await Registrant.registered(gateway);
    const next = await newKey();
    const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
    const body = { jwk: next.jwk, good_until: days(29) };
    await decide(await minato.manage('POST', '/keys', body, minato.own));
    const later = await newKey();
    const further = { jwk: later.jwk, good_until: days(31) };
    await decide(await minato.manage('POST', '/keys', further, minato.own));
    const { body: listed } = await minato.manage('GET', '/keys');
    expect(listed['keys']).toMatchObject([
      { standing: 'good' },
      { kid: next.kid, standing: 'expiring' },
      { kid: later.kid, standing: 'good' },
    ]);
  });
});

describe('T-09 a key reported as compromised', () => {
  const report = (registrant: Registrant, kid: string, by: OwnKey) =>
    registrant.manage('POST', `/keys/${kid}/compromises`, { reason: 'stolen laptop' }, by);

  test('T-09 its tokens are dead within five seconds on every process, and it is refused for ever', async () => {
    const minato = await Registrant.registered(gateway);
    const next = await newKey();
    await decide(await minato.manage('POST', '/keys', { jwk: next.jwk }, minato.own));
    await until(() => authenticates(minato, next));
    const other = await gateway.another();
    const key = await DpopKey.make();
    const here = new Intermediary(gateway, minato.software(), key);
    const there = new Intermediary(gateway, minato.software(), key, other.port);
    const rotated = new Intermediary(gateway, minato.software(next), key);
    const stolen = String((await here.token(CREDENTIALS)).body['access_token']);
    const own = String((await rotated.token(CREDENTIALS)).body['access_token']);
    const path = '/v1/banks/2963/transfers?instructionId=x';
    // From here on the tokens lie in the caches of both processes.
    for (const client of [here, there])
      for (const token of [stolen, own]) expect((await client.call(path, token)).status).toBe(404);
    const reportedAt = performance.now();
    expect((await report(minato, minato.own.kid, next)).status).toBe(201);
    await until(async () => (await there.call(path, stolen)).status === 401);
    await until(async () => (await here.call(path, stolen)).status === 401);
    expect(performance.now() - reportedAt).toBeLessThan(5_000);
    expect((await there.call(path, own)).status).toBe(404);
    for (const client of [here, there])
      await until(async () => (await client.token(CREDENTIALS)).status === 401);
    expect((await minato.manage('GET', '/keys')).body['keys']).toMatchObject([
      { kid: minato.own.kid, standing: 'compromised' },
      { kid: next.kid, standing: 'good' },
    ]);
    // Nobody registers it again, under whatever name.
    const thief = await Registrant.of(gateway);
    const jwk = { ...minato.own.jwk, kid: 'another-name' };
    thief.claims = { ...thief.claims, jwks: { keys: [jwk] } };
    expect(findingsOf(await thief.register())).toContain('jwks.keys[0]: key_compromised');
    await other.stop();
  });

  test('T-09 consents that rest on a stolen key end, and bank-core is told; those that moved on stay', async () => {
    const minato = await Registrant.registered(gateway);
    const next = await newKey();
    const before = await Intermediary.of(gateway, minato.software());
    const consentOf = (nth: number) => `cns_01j0000000000000000000009${nth}`;
    const grant = (nth: number) =>
      obtainToken(before, accountInformation(), {
        ...APPROVED,
        consent: { ...CONSENT, consentId: consentOf(nth) },
      });
    const [left, moved] = [await grant(1), await grant(2)];
    await decide(await minato.manage('POST', '/keys', { jwk: next.jwk }, minato.own));
    await until(() => authenticates(minato, next));
    const after = new Intermediary(gateway, minato.software(next), before.key);
    const refresh = (token: string) =>
      after.token({ grant_type: 'refresh_token', refresh_token: token });
    expect((await refresh(moved.refreshToken)).status).toBe(200);
    expect((await report(minato, minato.own.kid, next)).status).toBe(201);
    expect((await refresh(moved.refreshToken)).status).toBe(200);
    expect((await refresh(left.refreshToken)).body['error']).toBe('invalid_grant');
    await until(async () => gateway.bank.callsTo(`${consentOf(1)}/revocations`).length > 0);
    expect(gateway.bank.callsTo(`${consentOf(2)}/revocations`)).toEqual([]);
    // Whoever leaves takes the rest along.
    expect((await minato.manage('DELETE', '')).status).toBe(204);
    await until(async () => gateway.bank.callsTo(`${consentOf(2)}/revocations`).length > 0);
    await until(async () => (await refresh(moved.refreshToken)).status === 401);
  });

  test('T-09 a report by nobody that holds a registered key has no effect', async () => {
    const minato = await Registrant.registered(gateway);
    const stranger = await newKey('ES256', minato.own.kid);
    expect((await report(minato, minato.own.kid, stranger)).status).toBe(403);
    expect(await authenticates(minato, minato.own)).toBe(true);
  });

  test('T-09 whoever holds a DPoP key may give it up: bound tokens die, no further one is issued', async () => {
    const minato = await Registrant.registered(gateway);
    const key = await DpopKey.make();
    const client = new Intermediary(gateway, minato.software(), key);
    const token = String((await client.token(CREDENTIALS)).body['access_token']);
    const path = '/v1/banks/2963/transfers?instructionId=x';
    expect((await client.call(path, token)).status).toBe(404);
    const full = `/register/${minato.clientId}/keys/${key.thumbprint}/compromises`;
    const body = { reason: 'the phone is lost' };
    const { privateKey, jwk, thumbprint: kid } = key;
    const by: OwnKey = { kid, alg: 'ES256', key: privateKey, jwk };
    const { kty, crv, x, y } = jwk;
    const send = async (header: Record<string, unknown>) =>
      minato.send('POST', full, body, {
        authorization: `Bearer ${minato.token}`,
        'key-proof': await minato.proof('POST', full, body, by, {}, header),
      });
    // Named but not shown: a stranger's key is not given up by whoever knows its thumbprint.
    expect((await send({})).status).toBe(404);
    expect((await send({ jwk: { kty, crv, x, y } })).status).toBe(201);
    await until(async () => (await client.call(path, token)).status === 401);
    const refused = await client.token(CREDENTIALS);
    expect([refused.status, refused.body['error']]).toEqual([400, 'invalid_grant']);
  });

  test('T-09 where no key is left, a new statement vouches for the new key, and the bank approves', async () => {
    const minato = await Registrant.registered(gateway);
    expect((await report(minato, minato.own.kid, minato.own)).status).toBe(201);
    const next = await newKey();
    const body = { jwk: next.jwk };
    expect((await minato.manage('POST', '/keys', body, minato.own)).status).toBe(403);
    const statement = await minato.fresh({ jwks: { keys: [next.jwk] } });
    const asked = await minato.manage('POST', '/keys', { ...body, software_statement: statement });
    expect(asked.status).toBe(202);
    expect((await decide(asked)).ok).toBe(true);
    await until(() => authenticates(minato, next));
  });
});
