import { assert } from './assert.js';
import type { CivilDate } from './civil-date.js';
import { HOLIDAYS_BY_YEAR } from './japanese-holidays.js';

/** Years for which the holidays are known; a question beyond them is a bug, never "no holiday". */
export const HOLIDAYS_KNOWN = { from: 1970, until: 2050 } as const;

const holidaysOf = new Map<number, ReadonlySet<number>>();

function holidaysIn(year: number): ReadonlySet<number> {
  const known = holidaysOf.get(year);
  if (known) return known;
  const text = HOLIDAYS_BY_YEAR[year];
  assert(text !== undefined, `The holidays of ${year} are not known.`);
  const days = new Set((text.match(/\d{4}/g) ?? []).map(Number));
  holidaysOf.set(year, days);
  return days;
}

/** A holiday under the Act on National Holidays, 振替休日 and 国民の休日 included. */
export const isNationalHoliday = (date: CivilDate): boolean =>
  holidaysIn(date.year).has(date.month * 100 + date.day);

export const isWeekend = (date: CivilDate): boolean => date.weekday === 0 || date.weekday === 6;

/** 31 December to 3 January. Source: Banking Act order 5, labour-bank order 6, cooperatives' order 4. */
const isTurnOfYear = ({ month, day }: CivilDate): boolean =>
  (month === 12 && day === 31) || (month === 1 && day <= 3);

/** An institution's own exceptions, as `YYYY-MM-DD`: a day it closes, or one it opens all the same. */
export interface CalendarExceptions {
  readonly closed?: readonly string[];
  readonly open?: readonly string[];
}

/**
 * The business days (営業日) of one institution: not Saturday, Sunday, a national holiday, nor
 * 31 December to 3 January, but for its own exceptions. Source: clauses.md, section 0 (Time).
 */
export class BusinessCalendar {
  private readonly closed: ReadonlySet<string>;
  private readonly open: ReadonlySet<string>;

  constructor(exceptions: CalendarExceptions = {}) {
    this.closed = new Set(exceptions.closed);
    this.open = new Set(exceptions.open);
    const both = [...this.closed].filter((day) => this.open.has(day));
    assert(both.length === 0, `A day cannot be both closed and open: ${both.join(', ')}.`);
  }

  isBusinessDay(date: CivilDate): boolean {
    if (this.closed.size + this.open.size > 0) {
      const day = date.toString();
      if (this.closed.has(day)) return false;
      if (this.open.has(day)) return true;
    }
    return !isWeekend(date) && !isTurnOfYear(date) && !isNationalHoliday(date);
  }

  /** The first business day after `date`. */
  next(date: CivilDate): CivilDate {
    return this.step(date, 1);
  }

  /** The last business day before `date`. */
  previous(date: CivilDate): CivilDate {
    return this.step(date, -1);
  }

  /** `date` itself if it is a business day, else the next one. */
  onOrAfter(date: CivilDate): CivilDate {
    return this.isBusinessDay(date) ? date : this.next(date);
  }

  /** `date` itself if it is a business day, else the one before. */
  onOrBefore(date: CivilDate): CivilDate {
    return this.isBusinessDay(date) ? date : this.previous(date);
  }

  /** The `count`-th business day after `date`; 0 gives `date` itself. */
  plusBusinessDays(date: CivilDate, count: number): CivilDate {
    assert(Number.isInteger(count) && count >= 0, 'Business days are counted forward.');
    let day = date;
    for (let i = 0; i < count; i += 1) day = this.next(day);
    return day;
  }

  private step(date: CivilDate, by: 1 | -1): CivilDate {
    let day = date.plusDays(by);
    for (let tries = 0; !this.isBusinessDay(day); tries += 1) {
      assert(tries < 100, 'No business day within 100 days: the calendar is broken.');
      day = day.plusDays(by);
    }
    return day;
  }
}

/** The calendar without any institution's exceptions. */
export const bankingCalendar = new BusinessCalendar();
