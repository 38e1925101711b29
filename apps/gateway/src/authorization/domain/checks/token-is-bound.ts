import type { AccessCheck, BindingFacts } from '../access.js';

const CODES = {
  proof_invalid: 'invalid_dpop_proof',
  proof_replayed: 'invalid_dpop_proof',
  nonce_wanted: 'use_dpop_nonce',
  key_differs: 'binding_mismatch',
  // A store that cannot say whether a proof is new refuses it (T-10).
  store_silent: 'temporarily_unavailable',
} as const satisfies Record<Exclude<BindingFacts, 'proven'>, string>;

/** RFC 9449 section 7: the caller proves, once per proof, that it holds the key of the token (RKN-S1d). */
export const tokenIsBound: AccessCheck = ({ binding }) =>
  binding === 'proven' ? undefined : { code: CODES[binding] };
