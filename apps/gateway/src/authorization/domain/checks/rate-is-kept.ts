import type { AccessCheck } from '../access.js';

/** House rule: one client's calls leave room for the others. */
export const rateIsKept: AccessCheck = ({ rate }) =>
  rate.isKept ? undefined : { code: 'quota_exceeded', facts: { policy: 'client' } };
