import { CivilDate, daysInMonth, type Instant } from './civil-date.js';
import { assert } from './assert.js';

/** A length as a text states it. Months and years follow the calendar and are never so many days. */
export interface PeriodLength {
  readonly unit: 'day' | 'week' | 'month' | 'year';
  readonly count: number;
}

/** A run of civil dates; both ends belong to it. */
export interface Period {
  readonly firstDay: CivilDate;
  readonly lastDay: CivilDate;
}

export const days = (count: number): PeriodLength => ({ unit: 'day', count });
export const months = (count: number): PeriodLength => ({ unit: 'month', count });
export const years = (count: number): PeriodLength => ({ unit: 'year', count });

/**
 * A period after the event of `day`, first day not counted (Civil Code 140). Source: 民法 140, 141, 143.
 * Nothing moves because of a Sunday or holiday (142): who wants that says so with `movedToOpenDay`.
 */
export const periodAfter = (day: CivilDate, length: PeriodLength): Period =>
  periodCountedFrom(day.plusDays(1), length);

/** A period that the text counts from `day` itself (起算して): that day is its first. Source: SM-19. */
export function periodCountedFrom(day: CivilDate, length: PeriodLength): Period {
  const { count, unit } = length;
  assert(Number.isInteger(count) && count >= 1, 'A period has at least one day.');
  if (unit === 'day') return { firstDay: day, lastDay: day.plusDays(count - 1) };
  if (unit === 'week') return { firstDay: day, lastDay: day.plusDays(7 * count - 1) };
  return {
    firstDay: day,
    lastDay: dayBeforeCorresponding(day, unit === 'year' ? 12 * count : count),
  };
}

/** Civil Code 143(2): the day before the corresponding day, or the month's last day if there is none. */
function dayBeforeCorresponding(day: CivilDate, monthCount: number): CivilDate {
  const clamped = day.plusMonths(monthCount);
  const hasCorresponding = day.day <= daysInMonth(clamped.year, clamped.month);
  return hasCorresponding ? clamped.minusDays(1) : clamped;
}

/** Civil Code 142, only where a custom of doing no business on that day was found: the next open day. */
export function movedToOpenDay(day: CivilDate, isOpen: (date: CivilDate) => boolean): CivilDate {
  let moved = day;
  for (let tries = 0; !isOpen(moved); tries += 1) {
    assert(tries < 400, 'No open day within a year: the calendar is broken.');
    moved = moved.plusDays(1);
  }
  return moved;
}

export const contains = (period: Period, day: CivilDate): boolean =>
  !day.isBefore(period.firstDay) && !day.isAfter(period.lastDay);

export const lengthInDays = (period: Period): number =>
  period.firstDay.daysUntil(period.lastDay) + 1;

/** A period in hours runs from the instant itself (Civil Code 139). */
export const hoursAfter = (instant: Instant, hours: number): Instant => instant + hours * 3_600_000;

/** The last instant of a civil day is before this one: "until the end of the day" is exclusive here. */
export const endOf = (day: CivilDate): Instant => day.plusDays(1).startsAt();

/** The periods' union as disjoint, ordered periods; neighbours are joined. Overlap counts once (INT-02). */
export function unionOf(periods: readonly Period[]): Period[] {
  const sorted = [...periods].sort((a, b) => a.firstDay.compare(b.firstDay));
  const union: Period[] = [];
  for (const period of sorted) {
    assert(!period.lastDay.isBefore(period.firstDay), 'A period does not end before it begins.');
    const last = union.at(-1);
    if (!last || period.firstDay.isAfter(last.lastDay.plusDays(1))) {
      union.push(period);
    } else if (period.lastDay.isAfter(last.lastDay)) {
      union[union.length - 1] = { firstDay: last.firstDay, lastDay: period.lastDay };
    }
  }
  return union;
}
