import type { AccessCheck, BindingFacts } from '../access.js';

const CODES = {
  // A token that is bound by DPoP is no bearer token, nor the other way round (RFC 9449 section 7.2).
  scheme_differs: 'invalid_token',
  certificate_missing: 'client_certificate_missing',
  certificate_differs: 'binding_mismatch',
  proof_invalid: 'invalid_dpop_proof',
  proof_replayed: 'invalid_dpop_proof',
  nonce_wanted: 'use_dpop_nonce',
  key_differs: 'binding_mismatch',
  // A store that cannot say whether a proof is new refuses it (T-10).
  store_silent: 'temporarily_unavailable',
} as const satisfies Record<Exclude<BindingFacts, 'proven'>, string>;

/**
 * The caller proves that it holds the key of the token, by a proof that is good once (RFC 9449 section 7)
 * or by the certificate of its connection (RFC 8705 section 3) (RKN-S1d).
 */
export const tokenIsBound: AccessCheck = ({ binding }) =>
  binding === 'proven' ? undefined : { code: CODES[binding] };
