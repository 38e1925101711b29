import type { AccessCheck } from '../access.js';

/**
 * What the intermediary claims of its customer decides a quota and is kept in the record of the call (SM-3.5): a
 * claim that nobody can read is refused rather than taken for none. FAPI 1.0 Baseline section 6.2.1 protects the
 * valid address only.
 */
export const customerClaimIsReadable: AccessCheck = ({ request: { malformedClaims } }) =>
  malformedClaims.length === 0
    ? undefined
    : { code: 'customer_claim_malformed', facts: { headers: malformedClaims } };
