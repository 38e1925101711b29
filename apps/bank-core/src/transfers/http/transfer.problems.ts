import type { QuoteRefusal } from '../domain/quote.refusals.js';
import type { TransferRefusal } from '../domain/transfer.refusals.js';

/** Refusal → status: not allowed → 403, not yours → 404, wrong content or no cover → 422, closed hours → 503. */
export const transferStatuses: Readonly<Record<TransferRefusal, number>> = {
  institution_not_covered: 403,
  linkage_restricted: 403,
  linkage_suspended: 403,
  linkage_terminated: 403,
  chain_partner_unknown: 403,
  chain_partner_stopped: 403,
  chain_partner_scope: 403,
  function_not_offered: 403,
  unknown_bank: 422,
  unknown_branch: 422,
  account_type_not_allowed: 422,
  account_number_invalid: 422,
  payee_name_invalid: 422,
  amount_out_of_range: 422,
  date_not_allowed: 422,
  edi_text_invalid: 422,
  instruction_id_reused: 422,
  not_found: 404,
  state_conflict: 409,
  transfer_expired: 409,
  content_changed: 409,
  holder_unavailable: 403,
  service_stopped: 403,
  debit_not_registered: 422,
  same_account: 422,
  outside_service_hours: 503,
  ledger_busy: 503,
  limit_exceeded: 422,
  debit_account_unknown: 422,
  account_closed: 422,
  payment_stopped: 422,
  payee_account_unknown: 422,
  payee_account_closed: 422,
  insufficient_funds: 422,
  parameter_unset: 503,
};

/** A quote refuses as a push does; a spent cap of the day is 429 (T-15). */
export const quoteStatuses: Readonly<Record<TransferRefusal | QuoteRefusal, number>> = {
  ...transferStatuses,
  quota_exceeded: 429,
};
