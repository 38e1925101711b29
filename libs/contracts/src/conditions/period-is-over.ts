import { CivilDate, days, endOf, periodAfter, type Instant } from '#libs/kernel';

/**
 * The last instant of the day that lies `length` days after the day of arrival in Tokyo; the day of
 * arrival is not counted (Civil Code, article 140). Source: RKN-S4a, RKN-C2a.
 */
export const endOfPeriod = (arrivedAt: Instant, length: number): Instant =>
  endOf(periodAfter(CivilDate.inTokyo(arrivedAt), days(length)).lastDay) - 1;

/** True only after the last instant of the period: at `dueAt` itself there is still time. */
export const periodIsOver = (dueAt: Instant | undefined, now: Instant): boolean =>
  dueAt !== undefined && now > dueAt;
