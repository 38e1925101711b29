import { expect, test } from '@jest/globals';
import { readSecrets } from './secrets.js';

const hex = 'ab'.repeat(32);
const key = (kid: string, alg: string) => ({ kid, alg, d: 'x' });
const keys = [key('e1', 'ES256'), key('p1', 'PS256'), key('e2', 'ES256')];
const good = { cookieKeys: [hex], dpopNonceSecret: hex, cursorKey: hex, jwks: { keys } };
const withKeys = (...given: object[]) => JSON.stringify({ ...good, jwks: { keys: given } });

test.each([
  ['no JSON', 'x'],
  ['no cookie key', JSON.stringify({ ...good, cookieKeys: [] })],
  ['a short nonce secret', JSON.stringify({ ...good, dpopNonceSecret: 'ab' })],
  ['no cursor key', JSON.stringify({ ...good, cursorKey: undefined })],
  ['an empty list of cursor keys', JSON.stringify({ ...good, cursorKey: [] })],
  ['a cursor key twice', JSON.stringify({ ...good, cursorKey: [hex, hex] })],
  ['a list with a short cursor key', JSON.stringify({ ...good, cursorKey: [hex, 'ab'] })],
  ['no signing key', withKeys()],
  ['one algorithm only', withKeys(key('e1', 'ES256'))],
  ['another algorithm', withKeys(...keys, key('r1', 'RS256'))],
  ['a public key', withKeys(...keys, { kid: 'e3', alg: 'ES256' })],
  ['a key without name', withKeys(...keys, { alg: 'ES256', d: 'x' })],
  ['a kid twice', withKeys(...keys, key('e1', 'ES256'))],
])('a secrets file with %s ends the start with one sentence', (_title, text) => {
  expect(() => readSecrets(text)).toThrow('GATEWAY_SECRETS_FILE');
});

test('the same file gives every process the same keys, and each purpose its own', () => {
  const text = JSON.stringify(good);
  const [a, b] = [readSecrets(text), readSecrets(text)];
  expect(a.resourceNonceKey).toEqual(b.resourceNonceKey);
  const keys = [a.dpopNonceKey, a.resourceNonceKey, a.interactionKeys[0], a.webhookWrapKeys[0]].map(
    (k) => k.toString('hex'),
  );
  expect(new Set(keys).size).toBe(4);
});

test('T-22 of several cursor keys the first one is in use, and all of them open', () => {
  const next = 'cd'.repeat(32);
  const before = readSecrets(JSON.stringify(good));
  const after = readSecrets(JSON.stringify({ ...good, cursorKey: [next, hex] }));
  expect(after.cursorKey.toString('hex')).toBe(next);
  for (const purpose of ['webhookWrapKeys', 'interactionKeys'] as const) {
    expect(after[purpose]).toHaveLength(2);
    expect(after[purpose][0]).not.toEqual(before[purpose][0]);
    expect(after[purpose][1]).toEqual(before[purpose][0]);
  }
});
