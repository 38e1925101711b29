import { CivilDate, type Instant } from '#libs/kernel';

/**
 * The first instant at which a consent of `termDays` is over: the beginning of the day after its last
 * one, in Tokyo. The day on which it is given does not count (Civil Code 140).
 */
export const consentEndsAt = (now: Instant, termDays: number): Instant =>
  CivilDate.inTokyo(now)
    .plusDays(termDays + 1)
    .startsAt();
