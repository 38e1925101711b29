import type { ServiceAccount } from '../../accounts/index.js';
import type { Asked } from './approval.js';

/** Why an account cannot be chosen for this request; nothing when it can. Closed: SM-4.3. Debits: SM-5.1-1. */
export function whyNot(
  account: Pick<ServiceAccount, 'closed' | 'mayDebit'>,
  kind: Asked['kind'],
): 'account_closed' | 'debit_not_registered' | undefined {
  if (account.closed) return 'account_closed';
  return kind === 'transfer_initiation' && !account.mayDebit ? 'debit_not_registered' : undefined;
}

export const isChoosable = (
  account: Pick<ServiceAccount, 'closed' | 'mayDebit'>,
  kind: Asked['kind'],
): boolean => whyNot(account, kind) === undefined;
