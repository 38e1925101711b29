import type { AccessCheck } from '../access.js';

/**
 * RKN-D1a, RKN-D1b: every call says for whom it is made. A holder's token says so by itself, since
 * it was fixed at the approval; of a token without a holder nobody knows it but the caller, and
 * silence is no `none` (T-14).
 */
export const partnerIsNamed: AccessCheck = ({ token, request }) => {
  const isFixed = token.state === 'known' && token.token.grant !== undefined;
  return isFixed || request.saysPartner ? undefined : { code: 'chain_partner_missing' };
};
