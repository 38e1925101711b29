import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, CONSENT, obtainToken } from './approve.js';

import { ACCOUNT } from './fake-reads.js';
import { AOBA, TSUBAME, accountInformation, transferInitiation } from './fixtures.js';
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
});
afterAll(() => gateway.stop());

const verdict = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
];

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
    expect(before.headers.get('www-authenticate')).toBe(
      'DPoP error="invalid_token", algs="ES256 PS256"',
    );
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

  test('RKN-S1/e T-30 no token, code, assertion or name is written to the log, whatever happens', async () => {
    const noisy = await gateway.another('info');
    const there = new Intermediary(gateway, minato.software, minato.key, noisy.port);
    const pushed = await there.push(accountInformation());
    const code = 'a-code-that-was-never-issued';
    expect((await there.redeem(code, pushed)).status).toBe(400);
    await until(async () => (await there.call(ACCOUNTS, token)).status === 200);
    gateway.bank.refusals.set('2963/accounts', { status: 418, code: 'a_code_nobody_agreed_on' });
    expect((await there.call(ACCOUNTS, token)).status).toBe(503);
    gateway.bank.refusals.clear();
    await gateway.asOwner('alter table proof_seen rename to proof_seen_away');
    expect((await there.call(ACCOUNTS, token)).status).toBe(503);
    await gateway.asOwner('alter table proof_seen_away rename to proof_seen');
    await noisy.stop();
    const output = noisy.output();
    // Something was written, or this test could not fail.
    expect(output).toContain('a_code_nobody_agreed_on');
    const request = pushed.requestUri.split(':').at(-1) ?? '';
    for (const secret of [token, code, request, pushed.verifier, 'eyJ', 'ロウキン', '1234567'])
      expect(output.includes(secret)).toBe(false);
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
    // The gateway's own rounds ask for changes whenever they come round.
    const askedOfBanks = () =>
      gateway.bank.calls.filter(({ path }) => path.startsWith('institutions/')).length;
    const before = askedOfBanks();
    expect(verdict(await minato.call('/v1/banks/2972/accounts', token))).toEqual([
      404,
      'not_found',
    ]);
    expect(verdict(await minato.call('/v1/banks/9999/accounts', token))).toEqual([
      404,
      'not_found',
    ]);
    expect(askedOfBanks()).toBe(before);
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

  test('T-11 a proof made for another server is not good here, whatever the target says', async () => {
    const { host, port } = new URL(gateway.origin);
    const send = async (htu: string, path: string) => {
      const nonce = minato.nonceOf('/v1');
      const dpop = await minato.key.proof('GET', htu, { nonce, token });
      const headers = { host, authorization: `DPoP ${token}`, dpop };
      const servername = 'gateway.localhost';
      const options = { host: '127.0.0.1', port, path, headers, servername };
      return new Promise((resolve, reject) => {
        const outgoing = request({ ...options, agent: gateway.agent }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        outgoing.once('error', reject).end();
      });
    };
    const stolen = `https://evil.example${ACCOUNTS}`;
    expect(await send(stolen, stolen)).toBe(421);
    expect(await send(stolen, ACCOUNTS)).toBe(401);
    const ours = `${gateway.origin}${ACCOUNTS}`;
    expect(await send(ours, ours)).toBe(200);
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
    expect(good.headers.get('ratelimit-policy')).toContain('"intermediary";q=10000;w=60');
    expect(good.headers.get('ratelimit')).toMatch(/^"intermediary";r=\d+;t=\d+/);
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
