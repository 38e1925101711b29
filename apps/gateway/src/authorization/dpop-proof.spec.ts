import { hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { DpopKey, type ProofOver } from '../../test/api/dpop-key.js';
import { verifyProof } from './dpop-proof.js';

const URL_OF_CALL = 'https://gateway.example/v1/banks/2963/accounts';
const token = 'a-token-of-some-length';
const tokenHash = hash('sha256', token, 'base64url');
const expected = { method: 'GET', url: URL_OF_CALL, tokenHash };
const key = await DpopKey.make('ES256');

const verdict = async (over: ProofOver = {}, of: DpopKey = key) =>
  verifyProof(await of.proof('GET', URL_OF_CALL, { token, nonce: 'n' }, over), expected);

describe('dpop-negative-tests: what proves nothing', () => {
  const claims = (members: Record<string, unknown>): ProofOver => ({ claims: members });
  const header = (members: Record<string, unknown>): ProofOver => ({ header: members });
  test.each<[string, ProofOver]>([
    ['no typ', header({ typ: undefined })],
    ['another typ', header({ typ: 'JWT' })],
    ['no alg', header({ alg: undefined })],
    ['alg none', header({ alg: 'none' })],
    ['no jwk', header({ jwk: undefined })],
    ['a critical extension', header({ crit: ['b64'], b64: true })],
    ['no jti', claims({ jti: undefined })],
    ['an empty jti', claims({ jti: '' })],
    ['a jti of 257', claims({ jti: 'a'.repeat(257) })],
    ['no htm', claims({ htm: undefined })],
    ['another htm', claims({ htm: 'POST' })],
    ['no htu', claims({ htu: undefined })],
    ['another path', claims({ htu: 'https://gateway.example/v1/banks/2972/accounts' })],
    ['another host', claims({ htu: 'https://other.example/v1/banks/2963/accounts' })],
    ['no URL', claims({ htu: 'accounts' })],
    ['no iat', claims({ iat: undefined })],
    ['an iat that is a text', claims({ iat: '1' })],
    ['no ath', claims({ ath: undefined })],
    ['another ath', claims({ ath: 'x' })],
    ['a nonce that is no text', claims({ nonce: 1 })],
  ])('%s', async (_title, over) => {
    expect(await verdict(over)).toBeUndefined();
  });

  test('a private key in the header', async () => {
    expect(await verdict(header({ jwk: await key.privateJwk() }))).toBeUndefined();
  });

  test('a signature of another key', async () => {
    const other = await DpopKey.make();
    expect(await verdict(header({ jwk: other.jwk }))).toBeUndefined();
  });

  test('RS256', async () => {
    expect(await verdict({}, await DpopKey.make('RS256'))).toBeUndefined();
  });

  test('T-32 a header that names the prototype', async () => {
    const proof = await key.proof('GET', URL_OF_CALL, { token });
    const poisoned = Buffer.from('{"typ":"dpop+jwt","alg":"ES256","__proto__":{}}');
    const [, ...rest] = proof.split('.');
    expect(verifyProof([poisoned.toString('base64url'), ...rest].join('.'), expected)).toBe(
      undefined,
    );
  });

  test.each(['', 'a', 'a.b', 'a.b.c', 'a.b.c.d', '..'])('no JWT: %j', (text) => {
    expect(verifyProof(text, expected)).toBeUndefined();
  });
});

describe('what proves possession', () => {
  test.each<[string, Record<string, unknown>]>([
    ['as it is', {}],
    ['query and fragment in htu', { htu: `${URL_OF_CALL}?a=1#b` }],
    ['scheme and host in capitals', { htu: 'HTTPS://GATEWAY.example/v1/banks/2963/accounts' }],
    ['the default port written out', { htu: 'https://gateway.example:443/v1/banks/2963/accounts' }],
    ['check-dpop-proof-nbf-exp: further claims', { nbf: 1, exp: 2, more: 'x' }],
  ])('%s', async (_title, claims) => {
    expect(await verdict({ claims })).toMatchObject({ keyThumbprint: key.thumbprint, nonce: 'n' });
  });

  test('further header members, and PS256', async () => {
    expect(await verdict({ header: { kid: 'x' } })).toMatchObject({ nonce: 'n' });
    const rsa = await DpopKey.make('PS256');
    expect(await verdict({}, rsa)).toMatchObject({ keyThumbprint: rsa.thumbprint });
  });
});
