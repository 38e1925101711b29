import type { AccessCheck } from '../access.js';

/**
 * House rule: one client's calls leave room for the others, and what is read while the customer is away
 * is read a few times a day. A store that cannot say how many there were refuses.
 */
export const rateIsKept: AccessCheck = ({ rate }) => {
  if (rate === 'store_silent') return { code: 'temporarily_unavailable' };
  return rate.broken ? { code: 'quota_exceeded', facts: { policy: rate.broken } } : undefined;
};
