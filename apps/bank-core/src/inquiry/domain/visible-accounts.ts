import { article04 } from '#libs/contracts';
import type { CivilDate } from '#libs/kernel';
import type { ServiceAccount } from '../../accounts/index.js';

const afterClose = article04.clause('SM-4.3');

/**
 * The holder's service accounts that may be looked at today: open ones, closed ones for their period, none
 * once the main account is closed. Source: SM-4.3, SM-11.3b.
 */
export function visibleAccounts<A extends Pick<ServiceAccount, 'isMain' | 'closed' | 'closedOn'>>(
  accounts: readonly A[],
  today: CivilDate,
  afterCloseDays: number,
): A[] {
  const mainAccountClosed = accounts.some((account) => account.isMain && account.closed);
  return accounts.filter(
    ({ closedOn }) =>
      afterClose.apply(
        { closedOn, removedFromService: false, mainAccountClosed, today },
        { afterCloseDays },
      ) !== 'no_access',
  );
}
