import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ChangeDesk } from '../../src/clients/index.js';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { DpopKey } from './dpop-key.js';
import { Intermediary } from './intermediary.js';
import {
  authenticates,
  CREDENTIALS,
  decideChange,
  findingsOf,
  newKey,
  Registrant,
  type Answered,
  type OwnKey,
} from './registrant.js';
import { until } from './wait-until.js';

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
    expect((await report(minato, minato.own.kid, next)).status).toBe(201);
    await until(async () => (await there.call(path, stolen)).status === 401);
    await until(async () => (await here.call(path, stolen)).status === 401);
    expect((await there.call(path, own)).status).toBe(404);
    for (const client of [here, there])
      await until(async () => (await client.token(CREDENTIALS)).status === 401);
    expect((await minato.manage('GET', '/keys')).body['keys']).toMatchObject([
      { kid: minato.own.kid, standing: 'compromised' },
      { kid: next.kid, standing: 'good' },
    ]);
    // Where the key says so itself, nobody registers it again, under whatever name.
    expect((await report(minato, minato.own.kid, minato.own)).status).toBe(201);
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
    expect((await minato.manage('DELETE', '', undefined, next)).status).toBe(204);
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
