import type { ApprovalRefusal } from '../../approval.refusals.js';

export const approvalStatuses: Readonly<Record<ApprovalRefusal, number>> = {
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
  term_not_longer: 422,
  holder_unavailable: 403,
  not_found: 404,
  state_conflict: 409,
  validation_failed: 400,
};
