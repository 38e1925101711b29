import type { AccessCheck } from '../access.js';
import { institutionIsCovered } from './institution-is-covered.js';

/**
 * T-08: the institution of the path is the one of the token. Another one answers as if it were not there,
 * so that a token tells nothing about where else its holder banks. Coverage: RKN-0.2.
 */
export const institutionIsTheOne: AccessCheck = ({ token, bankCode, party }) => {
  const grant = token.state === 'known' ? token.token.grant : undefined;
  if (grant && grant.bankCode !== bankCode) return { code: 'not_found' };
  if (!party.bankIsKnown) return { code: 'not_found' };
  return institutionIsCovered(party);
};
