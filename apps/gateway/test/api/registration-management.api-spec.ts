import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ChangeDesk } from '../../src/clients/index.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import {
  authenticates,
  decideChange,
  findingsOf,
  newKey,
  Registrant,
  type Answered,
} from './registrant.js';

let gateway: GatewayUnderTest;
let desk: ChangeDesk;

beforeAll(async () => {
  gateway = await startGateway();
  desk = new ChangeDesk(gateway.databases.gateway.ownerUrl);
});
afterAll(async () => {
  await desk.close();
  await gateway.stop();
});

const decide = (answer: Answered, outcome?: 'rejected') => decideChange(desk, answer, outcome);

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

  test('T-12 it ends nothing: a plain DELETE is refused with what to add, and no consent ends', async () => {
    const minato = await Registrant.registered(gateway);
    const stranger = await newKey('ES256', minato.own.kid);
    const headers = { authorization: `Bearer ${minato.token}` };
    for (const answer of [
      await minato.manage('DELETE', ''),
      await minato.send('DELETE', '/register', undefined, headers),
    ]) {
      expect([answer.status, answer.body['error']]).toEqual([403, 'key_proof_required']);
      expect(answer.body['error_description']).toContain('add the header Key-Proof');
    }
    const forged = await minato.manage('DELETE', '', undefined, stranger);
    expect([forged.status, forged.body['error']]).toEqual([403, 'key_proof_invalid']);
    const [row] = await gateway.asOwner<{ status: string }>(
      'select status from client where client_id = $1',
      [minato.clientId],
    );
    expect(row?.status).toBe('active');
    expect(await authenticates(minato, minato.own)).toBe(true);
    // Who holds the key as well ends it, and the record tells by which.
    expect((await minato.manage('DELETE', '', undefined, minato.own)).status).toBe(204);
    expect((await minato.manage('GET', '')).status).toBe(401);
    const acts = await gateway.asOwner<{ told: string }>(
      `select act || ' by ' || actor as told from registration_record where client_id = $1
       order by record_id desc limit 2`,
      [minato.clientId],
    );
    expect(acts.map(({ told }) => told)).toEqual([
      `deleted by key ${minato.own.kid}`,
      'proof_refused by registration_token',
    ]);
  });

  test('T-12 where no key is left, the token alone ends what nobody can use any more', async () => {
    const minato = await Registrant.registered(gateway);
    const report = { reason: 'stolen' };
    const path = `/keys/${minato.own.kid}/compromises`;
    expect((await minato.manage('POST', path, report, minato.own)).status).toBe(201);
    expect((await minato.manage('DELETE', '')).status).toBe(204);
    expect((await minato.manage('GET', '')).status).toBe(401);
  });

  test('B-8 T-12 without its id it is ended by a proof in the name of the software id', async () => {
    const minato = await Registrant.registered(gateway);
    const softwareId = String(minato.claims['software_id']);
    const send = async (subject: string) => {
      const names = { iss: subject, sub: subject };
      const proof = await minato.proof('DELETE', '/register', undefined, minato.own, names);
      const headers = { authorization: `Bearer ${minato.token}`, 'key-proof': proof };
      return (await minato.send('DELETE', '/register', undefined, headers)).status;
    };
    expect(await send('sw-another')).toBe(403);
    expect(await send(softwareId)).toBe(204);
  });

  test('T-12 the server itself adds no key, changes no address, approves nothing, ends no block', async () => {
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
      `insert into software_block (proposal_id, client_id, reason, decided_by, until)
       values ('prp_1', '${minato.clientId}', 'x', '{a,b}', clock_timestamp() + interval '1 hour')`,
      'update software_block set lifted_at = clock_timestamp()',
      'delete from software_block',
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
