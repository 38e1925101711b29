/** Whose fault a failure was. `nobody`: the answer is what was agreed, or a person decided so. */
export type FaultOwner = 'nobody' | 'gateway' | 'bank_core' | 'intermediary' | 'partner';

export type ServerName = 'gateway' | 'bank_core';

/** How one request ended. */
export interface Ending {
  /** Who answered. */
  readonly server: ServerName;
  /** Software calls by its own hand; a person sits before a page and may mistype. */
  readonly caller: 'software' | 'person';
  /** HTTP status; 0 where the caller went away before there was an answer. */
  readonly status: number;
  /** The refusal's code, or OAuth's `error`. */
  readonly code?: string | undefined;
}

/** Nothing failed: a holder's or a bank's decision, the hours, or a step that the protocol foresees. */
const AS_AGREED = new Set([
  'consent_revoked',
  'consent_expired',
  'customer_left',
  'holder_unavailable',
  'limit_exceeded',
  'insufficient_funds',
  'outside_service_hours',
  'maintenance',
  'use_dpop_nonce',
  'access_denied',
]);

/** A chain partner that is not, or no longer, what the call needs (RKN-C1a, RKN-C2b). */
const OF_PARTNER = new Set([
  'chain_partner_unknown',
  'chain_partner_stopped',
  'chain_partner_scope',
]);

/** bank-core was silent, or said so itself. */
const OF_BANK_CORE = new Set([
  'core_unavailable',
  'outcome_unknown',
  'parameter_unset',
  'ledger_busy',
]);

/**
 * The one definition for log and metrics of both servers (users.md B 13). Pure. A failure of a server is its
 * own unless it only passes on bank-core's; what a caller sent wrong is the intermediary's.
 */
export function faultOwner({ server, caller, status, code }: Ending): FaultOwner {
  if (status >= 200 && status < 400) return 'nobody';
  if (code !== undefined && AS_AGREED.has(code)) return 'nobody';
  if (code !== undefined && OF_PARTNER.has(code)) return 'partner';
  if (status >= 500) return code !== undefined && OF_BANK_CORE.has(code) ? 'bank_core' : server;
  return caller === 'person' ? 'nobody' : 'intermediary';
}
