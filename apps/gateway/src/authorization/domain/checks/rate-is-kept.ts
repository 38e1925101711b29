import type { AccessCheck } from '../access.js';

/**
 * House rule: one client's calls leave room for the others, and what is read while the customer is away
 * is read a few times a day. A measure may leave fewer (RKN-S4c, RKN-C2b, INT-17). A store that cannot say
 * how many there were refuses, and so does a copy that does not know the measures.
 */
export const rateIsKept: AccessCheck = ({ rate }) => {
  if (rate === 'store_silent') return { code: 'temporarily_unavailable' };
  if (rate === 'stale') return { code: 'core_unavailable' };
  if (!rate.broken) return undefined;
  const clause = rate.clause === undefined ? {} : { clause: rate.clause };
  return { code: 'quota_exceeded', ...clause, facts: { policy: rate.broken } };
};
