import { problemOf, type Problem } from '#libs/platform';
import type { Refusal } from '#libs/kernel';
import type { InquiryRefusal } from '../domain/inquiry.refusals.js';
import { inquirySentences } from '../inquiry-sentences.js';

/** The consent is dead → 401, not allowed → 403, not yours → 404, spent → 429, closed → 503; both with Retry-After. */
export const inquiryStatuses: Readonly<Record<InquiryRefusal, number>> = {
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
  outside_service_hours: 503,
  period_too_long: 400,
  quota_exceeded: 429,
  parameter_unset: 503,
};

export const inquiryProblem = (refusal: Refusal<InquiryRefusal>): Problem =>
  problemOf(refusal, inquiryStatuses, inquirySentences);
