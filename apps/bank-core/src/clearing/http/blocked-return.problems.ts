import type { BlockedReturnRefusal } from '../domain/blocked-return.refusals.js';

/** Refusal → status: not there → 404, not now → 409, what was named cannot be → 422. */
export const blockedReturnStatuses: Readonly<Record<BlockedReturnRefusal, number>> = {
  return_unknown: 404,
  return_not_blocked: 409,
  return_goes_to_debit_account: 409,
  return_account_unknown: 422,
};
