import type { ConsentRefusal } from '../consent.refusals.js';

/** Refusal → status: the consent is dead → 401, it lives but this is not allowed → 403, not yours → 404. */
export const consentStatuses: Readonly<Record<ConsentRefusal, number>> = {
  institution_not_covered: 403,
  linkage_restricted: 403,
  linkage_suspended: 403,
  linkage_terminated: 403,
  chain_partner_unknown: 403,
  chain_partner_stopped: 403,
  chain_partner_scope: 403,
  function_not_offered: 403,
  consent_revoked: 401,
  consent_expired: 401,
  customer_left: 401,
  permission_not_granted: 403,
  not_found: 404,
  holder_unavailable: 403,
};
