import type { CivilDate, Yen } from '#libs/kernel';

/** SM-5.3-1b: requests received on the day, and requests designated for the day. */
export const LIMIT_BASES = ['request_date', 'designated_date'] as const;

export type LimitBasis = (typeof LIMIT_BASES)[number];

/** What was charged so far on one basis for one day. */
export interface LimitUse {
  readonly basis: LimitBasis;
  readonly date: CivilDate;
  readonly usedYen: Yen;
}

/** The limit that holds for one request, and whose sums it charges. */
export interface DailyLimit {
  /** The holder, or one of the holder's accounts: P.sm.limit.scope. */
  readonly subject: string;
  readonly limitYen: Yen;
  /** Whether the fee is charged with the amount: P.sm.limit.includesFee. */
  readonly includesFee: boolean;
}

export interface LimitStanding extends LimitUse {
  readonly leftYen: Yen;
}
