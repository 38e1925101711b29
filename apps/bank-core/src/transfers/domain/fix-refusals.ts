/** Everything that `fix_transfers` can answer but success, in the order in which it looks. */
export const FIX_REFUSALS = [
  'not_found',
  'state_conflict',
  'transfer_expired',
  'linkage_terminated',
  'linkage_suspended',
  'linkage_restricted',
  'holder_unavailable',
  'debit_not_registered',
  'same_account',
  'limit_exceeded',
  'debit_account_unknown',
  'account_closed',
  'payment_stopped',
  'payee_account_unknown',
  'payee_account_closed',
  'insufficient_funds',
] as const;

export type FixRefusal = (typeof FIX_REFUSALS)[number];
