import type { LimitBasis } from '#libs/contracts';
import type { CivilDate, Yen } from '#libs/kernel';

/** The limit that holds for one request, and whose sums it charges (SM-5.3-1a). */
export interface DailyLimit {
  /** The holder, or one of the holder's accounts: P.sm.limit.scope. */
  readonly subject: string;
  readonly limitYen: Yen;
  /** Whether the fee is charged with the amount: P.sm.limit.includesFee. */
  readonly includesFee: boolean;
}

/** What was charged and what is left on one basis for one day, before the request in hand (SM-5.3-1b). */
export interface LimitStanding {
  readonly basis: LimitBasis;
  readonly date: CivilDate;
  readonly usedYen: Yen;
  /** Never below zero, though a lowered limit may lie under the sum (SM-5.3-5). */
  readonly leftYen: Yen;
}
