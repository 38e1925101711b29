import type { ServiceAccount } from './account.js';

/** Why a service account cannot be chosen, if it cannot: closed (SM-4.3), or not registered for debits (SM-5.1-1). */
export function ineligibilityOf(
  account: Pick<ServiceAccount, 'closed' | 'mayDebit'>,
): ServiceAccount['ineligibleReason'] {
  if (account.closed) return 'account_closed';
  return account.mayDebit ? undefined : 'debit_not_registered';
}
