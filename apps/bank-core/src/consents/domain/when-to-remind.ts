import { CivilDate, type Instant } from '#libs/kernel';

const NINE_HOURS_MS = 9 * 3_600_000;

/** Terms end at midnight; a reminder wakes nobody. From nine in the morning, Tokyo, at once. */
export const whenToRemind = (now: Instant): Instant =>
  Math.max(now, CivilDate.inTokyo(now).startsAt() + NINE_HOURS_MS);
