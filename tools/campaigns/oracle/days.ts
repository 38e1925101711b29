import { lastDayOfYears, nameAt, positionOf } from './calendar.js';
import type { ClaimForOpinion, Impediment, Known, Message, WrongfulTransfer } from './claim.js';

/** The day of the notice: the earliest message that is one (SM-14.1-1, INT-26). */
export function noticeDayOf(messages: readonly Message[], letter: 'A' | 'B' | 'C'): string {
  const first = messages
    .filter(({ kind, tellsOfMisuse }) => {
      if (kind === 'notice' || letter === 'B') return true;
      return letter === 'A' && tellsOfMisuse;
    })
    .map(({ day }) => day)
    .sort()[0];
  if (first === undefined) throw new RangeError('Nobody has given notice.');
  return first;
}

/** The first day on which anything wrongful was done. Days written as YYYY-MM-DD sort as days. */
export function firstMisuseDay(transfers: readonly WrongfulTransfer[]): string {
  const first = transfers.map(({ day }) => day).sort()[0];
  if (first === undefined) throw new RangeError('There is no transfer.');
  return first;
}

/** The day of the theft as far as it counts: known, or estimated under INT-03 B. */
export function theftDayOf({ theft, letters }: ClaimForOpinion): string | undefined {
  const counts =
    theft.status === 'known' || (theft.status === 'estimated' && letters['INT-03'] === 'B');
  return counts ? theft.day : undefined;
}

/** 2000-01-01 was a Saturday. */
const weekdayAt = (position: number): number => (position + 6) % 7;

/** The last day on which notice keeps SM-14.1 and 14.2 alive (SM-14.3, INT-01, INT-03). */
export function lastNoticeDay(claim: ClaimForOpinion): string {
  const start = theftDayOf(claim) ?? firstMisuseDay(claim.transfers);
  let last = positionOf(lastDayOfYears(start, 2));
  if (claim.letters['INT-01'] === 'B') {
    while (claim.closedWeekdays.includes(weekdayAt(last))) last += 1;
  }
  return nameAt(last);
}

/**
 * How many days impediments lasted (SM-14.2c). They are united first, so that a circumstance recorded
 * in two pieces counts as in one, and an unbroken run of days loses one of its ends where only one end
 * day counts (INT-02 A). Under INT-02 B each is counted for itself.
 */
export function extensionDays(
  impediments: readonly Pick<Impediment, 'from' | 'to'>[],
  endDays: 'both' | 'one',
  letter: 'A' | 'B' = 'A',
): number {
  const groups = letter === 'A' ? [impediments] : impediments.map((one) => [one]);
  let count = 0;
  for (const group of groups) {
    const lasted = new Set<number>();
    for (const { from, to } of group) {
      for (let place = positionOf(from); place <= positionOf(to); place += 1) lasted.add(place);
    }
    count += lasted.size;
    if (endDays === 'one') count -= [...lasted].filter((place) => !lasted.has(place - 1)).length;
  }
  return count;
}

/** The first day whose transfers are covered: 30 days and the extension before the notice day. */
export const firstCoveredDay = (noticeDay: string, extension: number): string =>
  nameAt(positionOf(noticeDay) - (30 + extension));

/** Whether an impediment lengthens the 30 days: proven, and not over before it all began (c). */
export function counting(impediment: Impediment, began: string): Known {
  if (impediment.proven !== 'yes') return impediment.proven;
  return impediment.to >= began ? 'yes' : impediment.earlierCounts;
}

/** Every first covered day that what is known of the impediments allows; the sure ones first. */
export function windowsOf(claim: ClaimForOpinion, noticeDay: string): string[] {
  const began = theftDayOf(claim) ?? firstMisuseDay(claim.transfers);
  let chosen: Impediment[][] = [[]];
  for (const impediment of claim.impediments) {
    const counts = counting(impediment, began);
    if (counts === 'no') continue;
    const withIt = chosen.map((those) => [...those, impediment]);
    chosen = counts === 'yes' ? withIt : [...chosen, ...withIt];
  }
  return chosen.map((those) =>
    firstCoveredDay(noticeDay, extensionDays(those, claim.endDays, claim.letters['INT-02'])),
  );
}

/** Σ(amount + fee + interest) of the transfers on or after `from` (SM-14.2b, 14.2d). */
export function coveredFrom(transfers: readonly WrongfulTransfer[], from: string): bigint {
  let covered = 0n;
  for (const { day, principal, fee, interest } of transfers) {
    if (day >= from) covered += principal + fee + interest;
  }
  return covered;
}
