import type { Refusal } from '#libs/kernel';
import { Problem, type ProblemMore, type RefusalSentences } from '#libs/platform';
import { coreSentences, type CoreCode } from './domain/core.refusals.js';
import { ownAffairsStatuses } from './own-affairs.problems.js';

/** bank-core's refusals on the wire: the code passes through unchanged, the status is decided here. */
export const coreStatuses: Readonly<Record<CoreCode, number>> = {
  ...ownAffairsStatuses,
  unknown_bank: 422,
  unknown_branch: 422,
  account_type_not_allowed: 422,
  account_number_invalid: 422,
  payee_name_invalid: 422,
  amount_out_of_range: 422,
  date_not_allowed: 422,
  edi_text_invalid: 422,
  instruction_id_reused: 422,
  debit_not_registered: 422,
  same_account: 422,
  limit_exceeded: 422,
  contract_period_wrong: 422,
  functions_and_directions_differ: 422,
  not_a_chain_partner: 422,
  partner_scope_too_wide: 422,
  proposal_closed: 409,
  too_many_proposals: 422,
  version_conflict: 412,
  observed_in_future: 422,
  too_many_risk_signals: 422,
  idempotency_key_reused: 422,
  term_not_longer: 422,
  function_not_offered: 403,
  institution_not_covered: 403,
  linkage_restricted: 403,
  linkage_suspended: 403,
  linkage_terminated: 403,
  chain_partner_unknown: 403,
  chain_partner_stopped: 403,
  chain_partner_scope: 403,
  permission_not_granted: 403,
  holder_unavailable: 403,
  consent_revoked: 401,
  consent_expired: 401,
  customer_left: 401,
  period_too_long: 400,
  validation_failed: 400,
  state_conflict: 409,
  idempotency_in_progress: 409,
  not_found: 404,
  quota_exceeded: 429,
  outside_service_hours: 503,
  maintenance: 503,
  core_unavailable: 503,
  outcome_unknown: 504,
};

export interface CoreRefusal extends Refusal<CoreCode> {
  readonly retryAfterSeconds?: number;
}

const RETRY_SECONDS = 2;

export function coreProblem(refusal: CoreRefusal): Problem {
  const status = coreStatuses[refusal.code];
  const words: RefusalSentences<CoreCode>[CoreCode] = coreSentences[refusal.code];
  const more: ProblemMore = {
    clause: refusal.clause ?? words.clause,
    facts: refusal.facts,
    ...(status === 503 || status === 429 || refusal.retryAfterSeconds !== undefined
      ? { retryAfterSeconds: refusal.retryAfterSeconds ?? RETRY_SECONDS }
      : {}),
  };
  return new Problem(status, refusal.code, { ja: words.ja, en: words.en }, more);
}
