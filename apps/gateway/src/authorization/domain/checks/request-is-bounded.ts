import type { AccessCheck } from '../access.js';

const URL_CHARS_MAX = 2_048;
const AUTHORIZATION_CHARS_MAX = 512;
const PROOF_CHARS_MAX = 4_096;

/** Limits before authentication: what is too large is never parsed, looked up or verified (T-31). */
export const requestIsBounded: AccessCheck = ({ request }) => {
  if (request.hasTokenInQuery) return { code: 'token_in_query' };
  const isBounded =
    request.urlChars <= URL_CHARS_MAX &&
    request.authorizationChars <= AUTHORIZATION_CHARS_MAX &&
    request.proofChars <= PROOF_CHARS_MAX;
  return isBounded ? undefined : { code: 'request_too_large' };
};
