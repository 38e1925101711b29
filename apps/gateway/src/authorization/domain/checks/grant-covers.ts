import type { AccessCheck, AccessFacts } from '../access.js';
import { ACCOUNTS_SCOPE, CONSENTS_SCOPE, STATUS_SCOPE, TRANSFERS_SCOPE } from '../scopes-of.js';

/** RKN-S1: a call does what the consent holds and nothing else; a dead grant covers nothing. */
export const grantCovers: AccessCheck = (facts) => {
  const { token, operation } = facts;
  if (token.state !== 'known') return { code: 'invalid_token' };
  const { grant, scopes } = token.token;
  if (operation.kind === 'own') {
    // A user's token is for that user's data; the intermediary's own affairs are none of it.
    const isOwn = !grant && scopes.includes(operation.scope);
    return isOwn ? undefined : { code: 'permission_not_granted' };
  }
  if (operation.kind === 'consent') {
    // A user's token sees to the one consent that it rests on, unless it was narrowed; the client's own to all of them.
    const isOfConsent = grant
      ? grant.kind === 'account_information' && scopes.includes(ACCOUNTS_SCOPE)
      : scopes.includes(CONSENTS_SCOPE);
    if (!isOfConsent) return { code: 'permission_not_granted' };
    return grant && grant.expiresAt <= facts.now ? { code: 'consent_expired' } : undefined;
  }
  if (!grant) {
    const isOwnTransfers = operation.kind !== 'read' && scopes.includes(STATUS_SCOPE);
    return isOwnTransfers ? undefined : { code: 'permission_not_granted' };
  }
  if (grant.expiresAt <= facts.now) return { code: 'consent_expired' };
  return holds(facts) ? undefined : { code: 'permission_not_granted' };
};

function holds({ token, operation }: AccessFacts): boolean {
  if (token.state !== 'known') return false;
  const { grant, scopes } = token.token;
  if (operation.kind === 'own' || operation.kind === 'consent') return false;
  if (operation.kind === 'pay' || operation.kind === 'status') {
    const isOfTransfer = grant?.kind === 'transfer_initiation' && scopes.includes(TRANSFERS_SCOPE);
    return isOfTransfer && !operation.isOwn;
  }
  return (
    grant?.kind === 'account_information' &&
    scopes.includes(ACCOUNTS_SCOPE) &&
    grant.permissions.includes(operation.fn)
  );
}
