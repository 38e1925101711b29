import { describe, expect, test } from '@jest/globals';
import { stateOf, withNext, without, withSigner, type SigningKeys } from './rotate.js';

const key = (kid: string, alg: string) => ({ kid, alg });
const before: SigningKeys = [key('e1', 'ES256'), key('p1', 'PS256')];
const states = (keys: SigningKeys) => keys.map((each) => `${each.kid} ${stateOf(keys, each)}`);

describe('a signing key changes without a gap', () => {
  test('next, signer, gone: every key that signed stays published until it is taken out', () => {
    const next = withNext(before, key('e2', 'ES256'));
    expect(states(next)).toEqual(['e1 signs', 'p1 signs', 'e2 published']);
    const promoted = withSigner(next, 'e2');
    expect(states(promoted)).toEqual(['e2 signs', 'e1 published', 'p1 signs']);
    expect(states(without(promoted, 'e1'))).toEqual(['e2 signs', 'p1 signs']);
  });

  test('the key that signs is not taken out, and a name that is none is said', () => {
    expect(() => without(before, 'e1')).toThrow('e1 is the key that signs');
    expect(() => withSigner(before, 'e9')).toThrow('There is no key e9; there are e1 p1.');
  });
});
