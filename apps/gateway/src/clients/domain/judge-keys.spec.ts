import { describe, expect, test } from '@jest/globals';
import { algorithmOf, judgeKeys, type SentKey } from './judge-keys.js';

const x = 'a'.repeat(43);
const ec: SentKey = { kty: 'EC', crv: 'P-256', x, y: x, kid: 'k1', use: 'sig', alg: 'ES256' };
const modulus = (bits: number) => 'a'.repeat(Math.ceil(bits / 6));
const rsa = (bits: number): SentKey => ({ kty: 'RSA', n: modulus(bits), e: 'AQAB', kid: 'r1' });

const findings = (...keys: SentKey[]) =>
  judgeKeys({ keys }).map(({ field, rule }) => `${field}: ${rule}`);

describe('the form of keys', () => {
  test.each<[string, SentKey, string[]]>([
    ['EC P-256', ec, []],
    ['without use and alg', { ...ec, use: undefined, alg: undefined }, []],
    ['RSA of 2,048 bits', rsa(2048), []],
    ['RSA of 2,040 bits', rsa(2040), ['kty: key_not_allowed']],
    ['RSA of 8,192 bits', rsa(8192), []],
    ['RSA of 8,200 bits', rsa(8200), ['kty: key_not_allowed']],
    ['RSA with a small exponent', { ...rsa(2048), e: 'Aw' }, ['kty: key_not_allowed']],
    ['P-384', { ...ec, crv: 'P-384' }, ['kty: key_not_allowed']],
    ['a coordinate of 31 bytes', { ...ec, y: 'a'.repeat(42) }, ['kty: key_not_allowed']],
    [
      'a shared secret',
      { kty: 'oct', k: x, kid: 'k1' },
      ['k: key_private', 'kty: key_not_allowed'],
    ],
    ['a private member', { ...ec, d: x }, ['d: key_private']],
    ['no kid', { ...ec, kid: undefined }, ['kid: key_id_wrong']],
    ['a kid with a blank', { ...ec, kid: 'a b' }, ['kid: key_id_wrong']],
    ['a kid of 81', { ...ec, kid: 'a'.repeat(81) }, ['kid: key_id_wrong']],
    ['for encryption', { ...ec, use: 'enc' }, ['use: key_not_allowed']],
    ['RS256', { ...rsa(2048), alg: 'RS256' }, ['alg: key_not_allowed']],
    ['an algorithm of another kind', { ...ec, alg: 'PS256' }, ['alg: key_not_allowed']],
    [
      'everything at once',
      { kty: 'RSA', n: modulus(1024), e: 'AQAB', d: x, use: 'enc' },
      ['kid: key_id_wrong', 'd: key_private', 'use: key_not_allowed', 'kty: key_not_allowed'],
    ],
  ])('%s', (_title, key, expected) => {
    expect(findings(key)).toEqual(expected.map((each) => `jwks.keys[0].${each}`));
  });

  test('no private value is ever shown', () => {
    const found = judgeKeys({ keys: [{ ...ec, d: 'very-private' }] });
    expect(JSON.stringify(found)).not.toContain('very-private');
  });

  test('two keys of one name', () => {
    expect(findings(ec, { ...ec })).toEqual(['jwks.keys[1].kid: key_id_wrong']);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['no set', 'x'],
    ['no keys', { keys: [] }],
    ['eleven', { keys: Array.from({ length: 11 }, () => ec) }],
    ['no objects', { keys: ['x'] }],
    ['null', { keys: [null] }],
  ])('%s is no set of keys', (_title, value) => {
    expect(judgeKeys(value).map(({ rule }) => rule)).toEqual(['form_wrong']);
  });

  test.each([
    [ec, 'ES256'],
    [rsa(3072), 'PS256'],
    [{ kty: 'OKP', crv: 'Ed25519', x }, undefined],
    [{ kty: 'RSA', n: 'not base64!', e: 'AQAB' }, undefined],
  ])('the algorithm of a key', (key, expected) => {
    expect(algorithmOf(key as SentKey)).toBe(expected);
  });
});
