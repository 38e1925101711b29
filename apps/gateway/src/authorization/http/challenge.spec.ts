import { expect, test } from '@jest/globals';
import { challengeOf } from './challenge.js';

const PROOF = 'algs="ES256 PS256"';

test.each([
  ['no token', 'token_missing', false, `DPoP ${PROOF}`],
  ['no token', 'token_missing', true, `Bearer, DPoP ${PROOF}`],
  ['a dead token', 'invalid_token', false, `DPoP error="invalid_token", ${PROOF}`],
  ['a dead consent', 'consent_revoked', false, `DPoP error="invalid_token", ${PROOF}`],
  [
    'a dead consent',
    'consent_revoked',
    true,
    `Bearer error="invalid_token", DPoP error="invalid_token", ${PROOF}`,
  ],
  [
    'another certificate',
    'binding_mismatch',
    true,
    `Bearer error="invalid_token", DPoP error="invalid_token", ${PROOF}`,
  ],
  ['a proof', 'invalid_dpop_proof', true, `DPoP error="invalid_dpop_proof", ${PROOF}`],
  ['a nonce', 'use_dpop_nonce', false, `DPoP error="use_dpop_nonce", ${PROOF}`],
])(
  'RFC 6750, RFC 9449 %s: %s, at the host for certificates %s',
  (_what, code, isMutual, expected) => {
    expect(challengeOf(code, isMutual)).toBe(expected);
  },
);
