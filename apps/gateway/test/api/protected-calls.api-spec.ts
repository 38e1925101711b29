import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import { DpopKey, type ProofOver } from './dpop-key.js';
import { ACCOUNT } from './fake-reads.js';
import { AOBA, MINATO, TSUBAME, accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let aoba: Intermediary;
let token: string;

const ACCOUNTS = '/v1/banks/2963/accounts';
const TRANSACTIONS = `${ACCOUNTS}/${ACCOUNT}/transactions`;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  aoba = await Intermediary.of(gateway, gateway.aoba);
  token = (await obtainToken(minato, accountInformation())).accessToken;
  await minato.call(ACCOUNTS, token);
}, 30_000);
afterAll(() => gateway.stop());

const verdict = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
];

describe('dpop-negative-tests at the resource server', () => {
  const now = () => Math.floor(Date.now() / 1000);
  test.each<[string, ProofOver, string]>([
    ['no typ', { header: { typ: undefined } }, 'invalid_dpop_proof'],
    ['no alg', { header: { alg: undefined } }, 'invalid_dpop_proof'],
    ['alg none', { header: { alg: 'none' } }, 'invalid_dpop_proof'],
    ['no jwk', { header: { jwk: undefined } }, 'invalid_dpop_proof'],
    ['no jti', { claims: { jti: undefined } }, 'invalid_dpop_proof'],
    ['no htm', { claims: { htm: undefined } }, 'invalid_dpop_proof'],
    ['another htm', { claims: { htm: 'POST' } }, 'invalid_dpop_proof'],
    ['no htu', { claims: { htu: undefined } }, 'invalid_dpop_proof'],
    ['no iat', { claims: { iat: undefined } }, 'invalid_dpop_proof'],
    ['no ath', { claims: { ath: undefined } }, 'invalid_dpop_proof'],
    ['another ath', { claims: { ath: 'AAAA' } }, 'invalid_dpop_proof'],
  ])('%s', async (_title, over, code) => {
    const answer = await minato.call(ACCOUNTS, token, over);
    expect(verdict(answer)).toEqual([401, code]);
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^DPoP error="invalid_dpop_proof", algs="ES256 PS256"$/,
    );
  });

  test('an iat of one hour ago is good with the nonce that was demanded', async () => {
    const answer = await minato.call(ACCOUNTS, token, { claims: { iat: now() - 3_600 } });
    expect(answer.status).toBe(200);
  });

  test('without nonce: 401 use_dpop_nonce with exactly one DPoP-Nonce', async () => {
    const proof = await minato.key.proof('GET', `${gateway.origin}${ACCOUNTS}`, { token });
    const headers = { authorization: `DPoP ${token}`, dpop: proof };
    const answer = await minato.send('GET', ACCOUNTS, { headers });
    expect(verdict(answer)).toEqual([401, 'use_dpop_nonce']);
    expect(answer.headers.get('www-authenticate')).toContain('error="use_dpop_nonce"');
    expect(answer.headers.get('dpop-nonce')).toMatch(/^[\w-]{20,30}$/);
  });

  test('no proof at all, Bearer without proof, no token', async () => {
    const authorization = `DPoP ${token}`;
    const bare = await minato.send('GET', ACCOUNTS, { headers: { authorization } });
    expect(verdict(bare)).toEqual([401, 'invalid_dpop_proof']);
    const bearer = { authorization: `Bearer ${token}` };
    expect(verdict(await minato.send('GET', ACCOUNTS, { headers: bearer }))).toEqual([
      401,
      'invalid_token',
    ]);
    const nothing = await minato.send('GET', ACCOUNTS);
    expect(verdict(nothing)).toEqual([401, 'token_missing']);
    // RFC 6750 section 3.1: nothing presented, no error named.
    expect(nothing.headers.get('www-authenticate')).toBe('DPoP algs="ES256 PS256"');
  });

  test('two DPoP headers', async () => {
    const nonce = minato.nonceOf('/v1');
    const url = `${gateway.origin}${ACCOUNTS}`;
    const proofs = [
      await minato.key.proof('GET', url, { nonce, token }),
      await minato.key.proof('GET', url, { nonce, token }),
    ];
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `DPoP ${token}`, dpop: proofs };
      const outgoing = request(url, { agent: gateway.agent, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      outgoing.once('error', reject).end();
    });
    expect(status).toBe(401);
  });

  test('RKN-S1/d the token without its key: another key proves nothing', async () => {
    const key = await DpopKey.make();
    expect(verdict(await minato.call(ACCOUNTS, token, { key }))).toEqual([401, 'binding_mismatch']);
  });

  test('RKN-S1/e a token in the query is refused before it is looked at', async () => {
    const answer = await minato.call(`${ACCOUNTS}?access_token=${token}`, token);
    expect(verdict(answer)).toEqual([400, 'token_in_query']);
  });

  test.each(['dPOp', 'DPOP', 'dpop'])(
    'access-token-type-header-case-sensitivity: %s',
    async (scheme) => {
      const headers = { authorization: `${scheme} ${token}` };
      expect((await minato.call(ACCOUNTS, token, { headers })).status).toBe(200);
    },
  );

  test('htu with query and fragment, unknown members', async () => {
    const htu = `${gateway.origin}${ACCOUNTS}?a=b#c`;
    const over = { claims: { htu, more: 1 }, header: { kid: 'x' } };
    expect((await minato.call(ACCOUNTS, token, over)).status).toBe(200);
  });
});

describe('T-10 a proof is good once', () => {
  const calls = async (who: Intermediary[], jti: string) => {
    const url = `${gateway.origin}${ACCOUNTS}`;
    const nonce = minato.nonceOf('/v1');
    const proof = await minato.key.proof('GET', url, { nonce, token }, { claims: { jti } });
    const headers = { authorization: `DPoP ${token}`, dpop: proof };
    return Promise.all(who.map((each) => each.send('GET', ACCOUNTS, { headers })));
  };

  test('T-10 ten times at once over two processes: one passes', async () => {
    const second = await gateway.another();
    try {
      const there = new Intermediary(gateway, minato.software, minato.key, second.port);
      await until(async () => (await there.call(ACCOUNTS, token)).status === 200);
      const both = Array.from({ length: 10 }, (_, i) => (i % 2 ? there : minato));
      const answers = await calls(both, 'one-of-ten');
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ body }) => body['code'] === 'invalid_dpop_proof')).toHaveLength(9);
    } finally {
      await second.stop();
    }
  }, 20_000);

  test('T-10 a stranger cannot use up a jti: it is remembered with its key', async () => {
    const { accessToken } = await obtainToken(aoba, accountInformation());
    const claims = { jti: 'the-same-for-both' };
    expect((await aoba.call(ACCOUNTS, accessToken, { claims })).status).toBe(200);
    expect((await minato.call(ACCOUNTS, token, { claims })).status).toBe(200);
  });

  test('T-10 the store is down: refused, and good again when it is back', async () => {
    await gateway.asOwner('alter table proof_seen rename to proof_seen_away');
    const refused = await minato.call(ACCOUNTS, token);
    await gateway.asOwner('alter table proof_seen_away rename to proof_seen');
    expect(verdict(refused)).toEqual([503, 'temporarily_unavailable']);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect((await minato.call(ACCOUNTS, token)).status).toBe(200);
  });
});

describe('RKN-S1 the consent is the measure', () => {
  test('RKN-S1/a a permission that was not granted', async () => {
    const permissions = ['accounts_read', 'balances_read'] as const;
    const consent = { ...CONSENT, consentId: 'cns_no_statements', permissions };
    const result = { ...APPROVED, consent };
    const { accessToken } = await obtainToken(minato, accountInformation({ permissions }), result);
    expect(verdict(await minato.call(TRANSACTIONS, accessToken))).toEqual([
      403,
      'permission_not_granted',
    ]);
    expect((await minato.call(ACCOUNTS, accessToken)).status).toBe(200);
  });

  test('RKN-S1/b an account outside the consent does not exist', async () => {
    const foreign = `${ACCOUNTS}/acc_01j0000000000000000000000f/balances`;
    const unheard = `${ACCOUNTS}/not-an-id/balances`;
    const [a, b] = [await minato.call(foreign, token), await minato.call(unheard, token)];
    expect([verdict(a), verdict(b)]).toEqual([
      [404, 'not_found'],
      [404, 'not_found'],
    ]);
  });

  test('RKN-S1/c a revoked consent: 401 by bank-core at once, and the grant gone with the feed', async () => {
    const consentId = 'cns_to_revoke';
    const result = { ...APPROVED, consent: { ...CONSENT, consentId } };
    const { accessToken, refreshToken } = await obtainToken(minato, accountInformation(), result);
    expect((await minato.call(ACCOUNTS, accessToken)).status).toBe(200);
    gateway.bank.refusals.set('2963/accounts', { status: 401, code: 'consent_revoked' });
    const before = await minato.call(ACCOUNTS, accessToken);
    gateway.bank.refusals.clear();
    expect(verdict(before)).toEqual([401, 'consent_revoked']);
    expect(before.headers.get('www-authenticate')).toContain('invalid_token');
    gateway.bank.changeConsent(consentId, 'revoked', 'holder');
    await until(async () => (await minato.call(ACCOUNTS, accessToken)).status === 401);
    expect(verdict(await minato.call(ACCOUNTS, accessToken))).toEqual([401, 'consent_revoked']);
    const again = await minato.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant']);
    const left = await gateway.asOwner(
      `select 1 from oidc_artifact a join consent_grant g using (grant_id)
       where g.consent_id = $1 and a.model <> 'AccessToken'`,
      [consentId],
    );
    expect(left).toHaveLength(0);
  });

  test('RKN-S1/c the feed reads on from its cursor: a change is not lost while it was broken', async () => {
    const consentId = 'cns_while_broken';
    const result = { ...APPROVED, consent: { ...CONSENT, consentId } };
    const { accessToken } = await obtainToken(minato, accountInformation(), result);
    gateway.bank.dropStreams();
    gateway.bank.changeConsent(consentId, 'expired');
    await until(
      async () => (await minato.call(ACCOUNTS, accessToken)).body['code'] === 'consent_expired',
    );
  });

  test('T-02 the gateway cannot invent a consent: bank-core refuses the one it does not know', async () => {
    const consent = { ...CONSENT, consentId: 'cns_invented' };
    const { accessToken } = await obtainToken(minato, accountInformation(), {
      ...APPROVED,
      consent,
    });
    gateway.bank.refusals.set('2963/accounts', { status: 403, code: 'permission_not_granted' });
    const answer = await minato.call(ACCOUNTS, accessToken);
    const asked = gateway.bank.callsTo('2963/accounts').at(-1);
    gateway.bank.refusals.clear();
    expect(asked?.headers['x-renkei-consent']).toBe('cns_invented');
    expect(verdict(answer)).toEqual([403, 'permission_not_granted']);
  });
});

describe('T-08 one institution', () => {
  test('T-08 a token of 2963 at 2972 finds nothing, and bank-core is not asked', async () => {
    const asked = gateway.bank.calls.length;
    expect(verdict(await minato.call('/v1/banks/2972/accounts', token))).toEqual([
      404,
      'not_found',
    ]);
    expect(verdict(await minato.call('/v1/banks/9999/accounts', token))).toEqual([
      404,
      'not_found',
    ]);
    expect(gateway.bank.calls).toHaveLength(asked);
  });
});

describe('T-11 headers of a proxy that nobody configured', () => {
  test.each([
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-proto', 'http'],
    ['forwarded', 'host=evil.example;proto=http'],
    ['x-forwarded-for', '10.0.0.1'],
    ['x-client-cert', 'MIIB'],
    ['x-forwarded-client-cert', 'Hash=abc'],
  ])('T-11 %s changes nothing', async (name, value) => {
    const headers = { [name]: value };
    expect((await minato.call(ACCOUNTS, token, { headers })).status).toBe(200);
    const url = `${gateway.origin}/.well-known/oauth-authorization-server`;
    const metadata = await (await gateway.fetch(url, { headers })).json();
    expect(metadata).toMatchObject({
      issuer: gateway.origin,
      token_endpoint: `${gateway.origin}/token`,
    });
  });

  test('T-23 another Host is not answered', async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(gateway.origin);
      const headers = { host: 'evil.example' };
      const servername = 'gateway.localhost';
      const options = { host: '127.0.0.1', port, path: '/jwks', headers, servername };
      const outgoing = request({ ...options, agent: gateway.agent }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      outgoing.once('error', reject).end();
    });
    expect(status).toBe(421);
  });
});

describe('T-21 transfers of another client', () => {
  test('T-21 the instruction of one client is nothing to another', async () => {
    await minato.push(transferInitiation('mine'));
    const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
    const [own, foreign] = [await minato.token(form), await aoba.token(form)];
    const path = '/v1/banks/2963/transfers?instructionId=mine';
    const seen = await minato.call(path, String(own.body['access_token']));
    expect(seen.status).toBe(200);
    const other = String(foreign.body['access_token']);
    expect(verdict(await aoba.call(path, other))).toEqual([404, 'not_found']);
    const byId = `/v1/banks/2963/transfers/${String(seen.body['transferId'])}`;
    expect(verdict(await aoba.call(byId, other))).toEqual([404, 'not_found']);
  });

  test('T-21 the token of one transfer reads that one and no other', async () => {
    const path = (id: string) => `/v1/banks/2963/transfers?instructionId=${id}`;
    await minato.push(transferInitiation('first'));
    await minato.push(transferInitiation('second'));
    const first = [...gateway.bank.transfers.values()].find((t) => t.instructionId === 'first')!;
    const transfer = { transferId: first.transferId, status: 'ACSC' as const };
    const result = { outcome: 'approved' as const, subject: 's', bankCode: '2963', transfer };
    const { accessToken, body } = await obtainToken(minato, transferInitiation('first'), result);
    expect(body['refresh_token']).toBeUndefined();
    expect(body['authorization_details']).toMatchObject([{ transfer_id: first.transferId }]);
    expect((await minato.call(path('first'), accessToken)).status).toBe(200);
    expect(verdict(await minato.call(path('second'), accessToken))).toEqual([404, 'not_found']);
    expect(verdict(await minato.call(ACCOUNTS, accessToken))).toEqual([
      403,
      'permission_not_granted',
    ]);
  });
});

describe('RKN-S4c a stop', () => {
  test('RKN-S4c/a suspended: refused with the clause; X-09 others pass; lifted: open again', async () => {
    const partner = await obtainToken(
      aoba,
      accountInformation({ chain_partner: TSUBAME, permissions: ['accounts_read'] }),
      {
        ...APPROVED,
        consent: { ...CONSENT, consentId: 'cns_tsubame', permissions: ['accounts_read'] },
      },
    );
    const direct = await obtainToken(aoba, accountInformation());
    const stop = { epspId: AOBA, chainPartnerId: TSUBAME, function: '*' };
    gateway.bank.changeLink('2963', { ...stop, state: 'suspended' });
    await until(async () => (await aoba.call(ACCOUNTS, partner.accessToken)).status === 403);
    const refused = await aoba.call(ACCOUNTS, partner.accessToken);
    expect(refused.body).toMatchObject({ code: 'linkage_suspended', clause: 'RKN-S4c' });
    expect((await aoba.call(ACCOUNTS, direct.accessToken)).status).toBe(200);
    gateway.bank.changeLink('2963', { ...stop, state: 'active' });
    await until(async () => (await aoba.call(ACCOUNTS, partner.accessToken)).status === 200);
  });

  test('T-14 a header that names another partner than the approval is refused', async () => {
    const headers = { 'x-chain-partner-id': TSUBAME };
    expect(verdict(await minato.call(ACCOUNTS, token, { headers }))).toEqual([
      403,
      'chain_partner_unknown',
    ]);
    const same = { 'x-chain-partner-id': 'none' };
    expect((await minato.call(ACCOUNTS, token, { headers: same })).status).toBe(200);
  });

  test('T-19 no heartbeat: closed with 503 after the lease of 2 s, open again with the stream', async () => {
    gateway.bank.beats = false;
    const since = performance.now();
    await until(async () => (await minato.call(ACCOUNTS, token)).status === 503);
    expect(performance.now() - since).toBeLessThan(3_000);
    const closed = await minato.call(ACCOUNTS, token);
    expect(verdict(closed)).toEqual([503, 'core_unavailable']);
    expect(closed.headers.get('retry-after')).toBe('2');
    const { params } = minato.request(transferInitiation('closed'));
    const push = await minato.post('/par', params);
    expect(push.status).toBe(503);
    expect(MINATO).toBe('epsp_01j0000000000000000000mnat');
    gateway.bank.beats = true;
    await until(async () => (await minato.call(ACCOUNTS, token)).status === 200);
  }, 15_000);
});

describe('pages', () => {
  const next = async (path: string) =>
    ((await minato.call(path, token)).body['links'] as { next?: string }).next ?? '';

  test('a cursor of another account, of another period, or changed by one character', async () => {
    const cursor = new URL(
      await next(`${TRANSACTIONS}?limit=2&from=2026-11-01`),
      gateway.origin,
    ).searchParams.get('cursor');
    const other = `${ACCOUNTS}/acc_01j0000000000000000000000f/transactions?cursor=${cursor}`;
    const period = `${TRANSACTIONS}?from=2026-11-02&cursor=${cursor}`;
    const forged = `${TRANSACTIONS}?cursor=${cursor?.slice(0, -1)}_`;
    for (const path of [other, period, forged])
      expect(verdict(await minato.call(path, token))).toEqual([400, 'cursor_mismatch']);
  });

  test.each([
    ['limit=0', '/limit'],
    ['limit=501', '/limit'],
    ['limit=ten', '/limit'],
    ['from=20261101', '/from'],
    ['from=2026-11-31x', '/from'],
    ['sort=asc', '/sort'],
    [`cursor=${'a'.repeat(513)}`, '/cursor'],
  ])('?%s answers 400 and points at it', async (query, pointer) => {
    const answer = await minato.call(`${TRANSACTIONS}?${query}`, token);
    expect(verdict(answer)).toEqual([400, 'validation_failed']);
    expect(answer.body['errors']).toEqual(
      expect.arrayContaining([expect.objectContaining({ pointer })]),
    );
  });
});

describe('answers', () => {
  test('in both languages, with the interaction id, never cached, quota named', async () => {
    const id = '5b2f3a10-1111-4222-8333-444455556666';
    const headers = { 'x-fapi-interaction-id': id, 'accept-language': 'en' };
    const answer = await minato.call('/v1/banks/2972/accounts', token, { headers });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('content-language')).toBe('en');
    expect(answer.headers.get('x-fapi-interaction-id')).toBe(id);
    expect(answer.body).toMatchObject({
      code: 'not_found',
      instance: `urn:uuid:${id}`,
      detail_ja: expect.stringMatching(/。$/),
      detail_en: expect.stringMatching(/\.$/),
    });
    const good = await minato.call(ACCOUNTS, token);
    expect(good.headers.get('cache-control')).toBe('no-store');
    expect(good.headers.get('ratelimit-policy')).toBe('"client";q=10000;w=60');
    expect(good.headers.get('ratelimit')).toMatch(/^"client";r=\d+;t=\d+$/);
    expect(good.headers.get('dpop-nonce')).toBeTruthy();
    expect(Date.parse(good.headers.get('date') ?? '')).not.toBeNaN();
  });

  test.each([
    ['silence', 503, 'core_unavailable'],
    [{ status: 503, code: 'outside_service_hours', retryAfter: 77 }, 503, 'outside_service_hours'],
    [{ status: 403, code: 'holder_unavailable' }, 403, 'holder_unavailable'],
    [{ status: 500, code: 'internal_error' }, 503, 'core_unavailable'],
    [{ status: 418, code: 'a_code_nobody_agreed_on' }, 503, 'core_unavailable'],
  ] as const)('bank-core answers %j: %i %s', async (refusal, status, code) => {
    gateway.bank.refusals.set('2963/accounts', refusal);
    const answer = await minato.call(ACCOUNTS, token);
    gateway.bank.refusals.clear();
    expect(verdict(answer)).toEqual([status, code]);
    if (code === 'outside_service_hours') expect(answer.headers.get('retry-after')).toBe('77');
  });

  test('T-06 every page of the gateway, provider errors included, refuses to be framed', async () => {
    const pages = [
      `${gateway.origin}/authorize?client_id=nobody`,
      `${gateway.origin}/authorize/unknown`,
      `${gateway.origin}/interactions/unknown-interaction/return?handle=x`,
      `${gateway.origin}/nowhere`,
      `${gateway.origin}/.well-known/openid-configuration`,
    ];
    for (const url of pages) {
      const answer = await gateway.fetch(url, { headers: { accept: 'text/html' } });
      expect([url, answer.headers.get('content-security-policy')]).toEqual([
        url,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
