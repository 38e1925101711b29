import type { StaffRefusal } from '../domain/staff.refusals.js';

/** Refusal → status: nobody there → 401, not this person → 403, not there → 404, too late → 409. */
export const staffStatuses: Readonly<Record<StaffRefusal, number>> = {
  staff_login_failed: 401,
  staff_session_missing: 401,
  staff_issuer_not_used: 404,
  staff_issuer_unavailable: 503,
  four_eyes_required: 403,
  role_missing: 403,
  role_of_oneself: 403,
  role_unknown: 404,
  proposal_changed: 409,
  proposal_unknown: 404,
  proposal_ended: 409,
};
