import type { CivilDate } from '#libs/kernel';
import type { ServiceAccount } from '../../accounts/index.js';

/**
 * The holder's service accounts that may be looked at today. A closed one for `afterCloseDays` after its
 * closing day, the last of them included; none at all once the main account is closed. Source: SM-4.3.
 */
export function visibleAccounts<A extends Pick<ServiceAccount, 'isMain' | 'closed' | 'closedOn'>>(
  accounts: readonly A[],
  today: CivilDate,
  afterCloseDays: number,
): A[] {
  if (accounts.some((account) => account.isMain && account.closed)) return [];
  return accounts.filter(
    ({ closed, closedOn }) =>
      !closed || (closedOn !== undefined && closedOn.daysUntil(today) <= afterCloseDays),
  );
}
