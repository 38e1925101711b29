import type { AccessCheck } from '../access.js';

/** RFC 6750 section 3.1: unknown, expired and ended tokens are dead; who holds one may learn why it ended. */
export const tokenIsLive: AccessCheck = ({ token }) => {
  if (token.state === 'absent') return { code: 'token_missing' };
  if (token.state === 'store_silent') return { code: 'temporarily_unavailable' };
  if (token.state === 'not_asked')
    return { code: 'quota_exceeded', facts: { policy: 'address-refused' } };
  if (token.state !== 'known') return { code: 'invalid_token' };
  if (token.token.endedCode) return { code: token.token.endedCode };
  return token.isExpired ? { code: 'invalid_token' } : undefined;
};
