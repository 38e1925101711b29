import { instantToWire } from '#libs/kernel';
import type { AccessCheck } from '../access.js';

/** Its own affairs stay open to blocked software: there it learns why, and answers. */
const OPEN_SCOPE = 'participants';

/**
 * users.md A.3: software that the bank blocks gets no data and moves nothing. Withdrawals and the outcome
 * of what it has moved pass by this check, as they pass a stopped link; afterwards all is as before.
 */
export const softwareIsOpen: AccessCheck = ({ token, operation, now }) => {
  if (token.state !== 'known') return { code: 'invalid_token' };
  const { blockedUntil } = token.token;
  if (blockedUntil === undefined || blockedUntil <= now) return undefined;
  if (operation.kind === 'own' && operation.scope === OPEN_SCOPE) return undefined;
  return { code: 'software_blocked', facts: { until: instantToWire(blockedUntil) } };
};
