import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, obtainToken, walk } from './approve.js';
import { DpopKey } from './dpop-key.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Pushed } from './intermediary.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let aoba: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  aoba = await Intermediary.of(gateway, gateway.aoba);
});
afterAll(() => gateway.stop());

const ACCOUNTS = '/v1/banks/2963/accounts';

async function newCode(who = minato, over = {}): Promise<{ code: string; pushed: Pushed }> {
  const pushed = await who.push(accountInformation(), over);
  const code = (await walk(who, pushed, APPROVED)).searchParams.get('code') ?? '';
  return { code, pushed };
}

const refusal = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['error'],
];

describe('authorization code', () => {
  test('ensure-holder-of-key-required', async () => {
    const { code, pushed } = await newCode();
    const answer = await minato.post('/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: pushed.redirectUri,
      code_verifier: pushed.verifier,
    });
    expect(refusal(answer)).toEqual([400, 'invalid_grant']);
  });

  test('ensure-authorization-code-is-bound-to-client', async () => {
    const { code, pushed } = await newCode();
    expect(refusal(await aoba.redeem(code, pushed))).toEqual([400, 'invalid_grant']);
  });

  test('attempt-reuse-authorization-code-after-one-second: both tokens of the code are dead', async () => {
    const { code, pushed } = await newCode();
    const first = await minato.redeem(code, pushed);
    const access = String(first.body['access_token']);
    expect((await minato.call(ACCOUNTS, access)).status).toBe(200);
    expect(refusal(await minato.redeem(code, pushed))).toEqual([400, 'invalid_grant']);
    const dead = await minato.call(ACCOUNTS, access);
    expect([dead.status, dead.body['code']]).toEqual([401, 'invalid_token']);
    const refreshed = await minato.token({
      grant_type: 'refresh_token',
      refresh_token: String(first.body['refresh_token']),
    });
    expect(refusal(refreshed)).toEqual([400, 'invalid_grant']);
  });

  test('a code redeemed many times at once: at most one answer, and nothing that lives', async () => {
    const { code, pushed } = await newCode();
    await minato.token({ grant_type: 'client_credentials' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => minato.redeem(code, pushed)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeLessThanOrEqual(1);
    for (const { body } of won)
      expect((await minato.call(ACCOUNTS, String(body['access_token']))).status).toBe(401);
  });

  test('ensure-token-endpoint-fails-with-expired-auth-code: 62 s old', async () => {
    const { code, pushed } = await newCode();
    await gateway.ageArtifacts('AuthorizationCode', 62);
    expect(refusal(await minato.redeem(code, pushed))).toEqual([400, 'invalid_grant']);
  });

  test.each([
    ['ensure-pkce-code-verifier-required', undefined],
    ['incorrect-pkce-code-verifier-rejected', 'w'.repeat(43)],
  ])('%s', async (_module, verifier) => {
    const { code, pushed } = await newCode();
    const answer = await minato.redeem(code, pushed, { code_verifier: verifier });
    expect(refusal(answer)).toEqual([400, 'invalid_grant']);
  });

  test('ensure-token-endpoint-fails-with-mismatched-dpop-jkt', async () => {
    const { code, pushed } = await newCode(minato, { dpop_jkt: minato.key.thumbprint });
    const other = await DpopKey.make();
    expect(refusal(await minato.redeem(code, pushed, {}, other))).toEqual([400, 'invalid_grant']);
  });

  test('another redirect_uri than in the request', async () => {
    const { code, pushed } = await newCode();
    const over = { redirect_uri: minato.software.redirectUriWithQuery };
    expect(refusal(await minato.redeem(code, pushed, over))).toEqual([400, 'invalid_grant']);
  });

  test('T-14 authorization_details at the token endpoint are refused: they were fixed at approval', async () => {
    const { code, pushed } = await newCode();
    const over = { authorization_details: JSON.stringify([accountInformation()]) };
    expect(refusal(await minato.redeem(code, pushed, over))).toEqual([
      400,
      'invalid_authorization_details',
    ]);
  });

  test('values are long and unguessable, and the answer is never cached', async () => {
    const { code, pushed } = await newCode();
    const answer = await minato.redeem(code, pushed);
    expect(code.length).toBeGreaterThanOrEqual(43);
    expect(String(answer.body['access_token']).length).toBeGreaterThanOrEqual(43);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  test('T-22 the database holds no usable value: code, token and request_uri only as hashes', async () => {
    const { code, pushed } = await newCode();
    const { body } = await minato.redeem(code, pushed);
    const rows = await gateway.asOwner<{ text: string }>(
      'select a::text as text from oidc_artifact a',
    );
    const stored = rows.map(({ text }) => text).join('\n');
    const request = pushed.requestUri.split(':').at(-1) ?? '';
    for (const value of [code, request, body['access_token'], body['refresh_token']])
      expect(stored.includes(String(value))).toBe(false);
  });
});

describe('DPoP at the token endpoint', () => {
  const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
  const now = () => Math.floor(Date.now() / 1000);

  test('a proof without nonce is challenged with one', async () => {
    const proof = await minato.key.proof('POST', `${gateway.origin}/token`);
    const answer = await minato.post('/token', form, { dpop: proof });
    expect(refusal(answer)).toEqual([400, 'use_dpop_nonce']);
    expect(answer.headers.get('dpop-nonce')).toMatch(/^[\w-]{20,}$/);
  });

  test.each([
    ['ensure-dpopproof-with-iat-10seconds-before-succeeds', () => ({ iat: now() - 10 })],
    ['ensure-dpopproof-with-iat-10seconds-after-succeeds', () => ({ iat: now() + 8 })],
    ['check-dpop-proof-nbf-exp', () => ({ nbf: now() - 5, exp: now() + 60 })],
  ])('%s', async (_module, claims) => {
    expect((await minato.token(form, { claims: claims() })).status).toBe(200);
  });

  test.each<[string, Record<string, unknown>]>([
    ['another method', { htm: 'GET' }],
    ['another endpoint', { htu: 'https://gateway.example/token' }],
    ['no jti', { jti: undefined }],
    ['no iat', { iat: undefined }],
  ])('a proof with %s', async (_title, claims) => {
    expect(refusal(await minato.token(form, { claims }))).toEqual([400, 'invalid_dpop_proof']);
  });

  test('T-10 the same proof twice, and many times at once', async () => {
    const claims = { jti: 'used-once-and-not-again' };
    expect((await minato.token(form, { claims })).status).toBe(200);
    expect(refusal(await minato.token(form, { claims }))).toEqual([400, 'invalid_grant']);
    const racing = { jti: 'used-by-many-at-once' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => minato.token(form, { claims: racing })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('refresh-token', () => {
  test('a new key works, the token stays the same, no id_token, the old answer is never needed', async () => {
    const { refreshToken } = await obtainToken(minato, accountInformation());
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'accounts' };
    const other = await DpopKey.make();
    const first = await minato.token(form, {}, other);
    expect(first.body).toMatchObject({ token_type: 'DPoP', refresh_token: refreshToken });
    expect(first.body).not.toHaveProperty('id_token');
    expect(first.body['authorization_details']).toMatchObject([{ chain_partner: 'none' }]);
    // T-09 the fresh token is bound to the fresh key.
    const access = String(first.body['access_token']);
    expect((await minato.call(ACCOUNTS, access, { key: other })).status).toBe(200);
    expect((await minato.call(ACCOUNTS, access)).body['code']).toBe('binding_mismatch');
    // A lost answer costs nothing: the same token again.
    expect((await minato.token(form)).status).toBe(200);
  });

  test('no client authentication, no proof, another client', async () => {
    const { refreshToken } = await obtainToken(minato, accountInformation());
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const bare = { ...form, client_assertion: undefined, client_assertion_type: undefined };
    expect((await minato.token(bare)).body['error']).toMatch(/^invalid_(client|grant|request)$/);
    expect(refusal(await minato.post('/token', form))).toEqual([400, 'invalid_grant']);
    expect(refusal(await aoba.token(form))).toEqual([400, 'invalid_grant']);
  });

  test('a wider scope than granted', async () => {
    const { refreshToken } = await obtainToken(minato, accountInformation());
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'transfers' };
    expect(refusal(await minato.token(form))).toEqual([400, 'invalid_scope']);
  });

  test('it lives as long as the consent', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const consent = { ...APPROVED.consent!, consentId: 'cns_hour', expiresAt };
    await obtainToken(minato, accountInformation(), { ...APPROVED, consent });
    const [row] = await gateway.asOwner<{ left: number }>(
      `select extract(epoch from max(a.expires_at) - now())::int as left from oidc_artifact a
       join consent_grant g on g.grant_id = a.grant_id and g.consent_id = 'cns_hour'
       where a.model = 'RefreshToken'`,
    );
    expect(row?.left).toBeGreaterThan(3_500);
    expect(row?.left).toBeLessThanOrEqual(3_600);
  });

  test('revocation ends it with everything that was issued on it', async () => {
    const { refreshToken, accessToken } = await obtainToken(minato, accountInformation());
    const revoked = await minato.post('/revoke', { token: refreshToken });
    expect(revoked.status).toBe(200);
    const again = await minato.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(refusal(again)).toEqual([400, 'invalid_grant']);
    expect((await minato.call(ACCOUNTS, accessToken)).status).toBe(401);
  });

  test('RKN-D6 the bank is told that the grant is over, once it answers again', async () => {
    const consent = { ...APPROVED.consent!, consentId: 'cns_given_back' };
    const { refreshToken } = await obtainToken(minato, accountInformation(), {
      ...APPROVED,
      consent,
    });
    // Ends of earlier tests go first, oldest before youngest.
    await until(async () => (await untold()) === 0);
    gateway.bank.refusals.set('revocations', 'silence');
    await minato.post('/revoke', { token: refreshToken });
    const told = () => gateway.bank.callsTo('cns_given_back/revocations');
    await until(() => told().length > 0);
    gateway.bank.refusals.clear();
    await until(() => told().length > 1);
    expect(told().at(-1)?.body).toEqual({ reason: 'grant_ended_by_client' });
    await until(async () => (await untold()) === 0);
  });

  describe('a process that dies while a grant ends', () => {
    /** As a death between two commits would: what ends the grant itself is not kept. */
    async function dying(): Promise<void> {
      await gateway.asOwner(`create function die() returns trigger language plpgsql as
        $$ begin raise exception 'the process died here'; end $$`);
      await gateway.asOwner(`create trigger die before update of ended_at on consent_grant
        for each row execute function die()`);
    }
    const living = () => gateway.asOwner('drop function if exists die() cascade');
    afterEach(living);

    async function obtained(consentId: string) {
      const pushed = await minato.push(accountInformation());
      const result = { ...APPROVED, consent: { ...APPROVED.consent!, consentId } };
      const code = (await walk(minato, pushed, result)).searchParams.get('code') ?? '';
      const { body } = await minato.redeem(code, pushed);
      return { code, pushed, refreshToken: String(body['refresh_token']) };
    }
    const toldOf = (consentId: string) => gateway.bank.callsTo(`${consentId}/revocations`).length;

    test('RKN-D6 the code that came twice: asked once more, it ends all, and the bank is told', async () => {
      const { code, pushed } = await obtained('cns_died_at_the_code');
      await dying();
      expect((await minato.redeem(code, pushed)).status).toBe(500);
      await living();
      expect(refusal(await minato.redeem(code, pushed))).toEqual([400, 'invalid_grant']);
      await until(async () => toldOf('cns_died_at_the_code') > 0);
    });

    test('RKN-D6 the refresh token that is given back: it is still there to be given back again', async () => {
      const { refreshToken } = await obtained('cns_died_at_the_end');
      await dying();
      expect((await minato.post('/revoke', { token: refreshToken })).status).toBe(500);
      await living();
      expect((await minato.post('/revoke', { token: refreshToken })).status).toBe(200);
      await until(async () => toldOf('cns_died_at_the_end') > 0);
    });
  });

  test('an access token that is given back ends alone; the consent stays of use', async () => {
    const { refreshToken, accessToken } = await obtainToken(minato, accountInformation());
    expect((await minato.post('/revoke', { token: accessToken })).status).toBe(200);
    expect((await minato.call(ACCOUNTS, accessToken)).status).toBe(401);
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await minato.token(form)).status).toBe(200);
  });

  // While a consent has another grant, there is nothing to tell of the one that ended.
  const untold = async () =>
    (
      await gateway.asOwner(
        `select 1 from consent_grant g
         where consent_id is not null and ended_at is not null and told_at is null
           and not exists (select from consent_grant o where o.consent_id = g.consent_id
             and o.ended_at is null and o.expires_at > clock_timestamp())`,
      )
    ).length;
});

describe('client credentials', () => {
  test('a scope that belongs to users gives a token without it', async () => {
    const answer = await minato.token({ grant_type: 'client_credentials', scope: 'accounts' });
    const read = await minato.call(ACCOUNTS, String(answer.body['access_token']));
    expect([read.status, read.body['code']]).toEqual([403, 'permission_not_granted']);
  });

  test('a scope nobody knows', async () => {
    const answer = await minato.token({ grant_type: 'client_credentials', scope: 'everything' });
    expect(answer.body['scope']).toBeUndefined();
  });
});
