import { expect, test } from '@jest/globals';
import { endCodeOf } from './grant.js';

test.each([
  ['revoked', 'holder', 'consent_revoked'],
  ['revoked', null, 'consent_revoked'],
  ['revoked', 'customer_left', 'customer_left'],
  ['expired', null, 'consent_expired'],
  ['rejected', null, 'consent_revoked'],
  ['frozen', 'link', undefined],
  ['authorised', null, undefined],
  ['consumed', null, undefined],
] as const)('RKN-S1/c a consent that is %s (%s) ends its grants with %s', (state, reason, code) => {
  expect(endCodeOf(state, reason)).toBe(code);
});
