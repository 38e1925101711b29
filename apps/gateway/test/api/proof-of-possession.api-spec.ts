import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { obtainToken } from './approve.js';
import { DpopKey, type ProofOver } from './dpop-key.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let aoba: Intermediary;
let token: string;

const ACCOUNTS = '/v1/banks/2963/accounts';

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
  });

  test('T-10 a stranger cannot use up a jti: it is remembered with its key', async () => {
    const { accessToken } = await obtainToken(aoba, accountInformation());
    const claims = { jti: 'the-same-for-both' };
    expect((await aoba.call(ACCOUNTS, accessToken, { claims })).status).toBe(200);
    expect((await minato.call(ACCOUNTS, token, { claims })).status).toBe(200);
  });

  test('T-10 the memory of proofs was lost: what was made before is refused, a new nonce helps', async () => {
    const nonce = minato.nonceOf('/v1');
    const proof = await minato.key.proof('GET', `${gateway.origin}${ACCOUNTS}`, { nonce, token });
    const headers = { authorization: `DPoP ${token}`, dpop: proof };
    expect((await minato.send('GET', ACCOUNTS, { headers })).status).toBe(200);
    // What a crash of the database does to both tables, and nothing else (they are not logged).
    await gateway.asOwner('truncate proof_seen, proof_memory');
    const replayed = await minato.send('GET', ACCOUNTS, { headers });
    expect(verdict(replayed)).toEqual([401, 'use_dpop_nonce']);
    expect(replayed.headers.get('dpop-nonce')).not.toBe(nonce);
    expect((await minato.call(ACCOUNTS, token)).status).toBe(200);
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
