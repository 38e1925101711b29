import { article04 } from '#libs/contracts';
import type { CivilDate } from '#libs/kernel';
import type { AccountStanding } from '../../accounts/index.js';

const afterClose = article04.clause('SM-4.3');

/** Whether an account of a consent can be read no more. Source: SM-4.3, SM-11.3b, SM-12.2. */
export function isOutOfReach(
  standing: AccountStanding | undefined,
  today: CivilDate,
  afterCloseDays: number,
): boolean {
  if (!standing) return true;
  const { closedOn, isInService, mainAccountClosed } = standing;
  const facts = { closedOn, removedFromService: !isInService, mainAccountClosed, today };
  return afterClose.apply(facts, { afterCloseDays }) === 'no_access';
}
