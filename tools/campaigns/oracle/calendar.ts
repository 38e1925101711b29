/**
 * A calendar that is walked, not computed: every civil day from 2000-01-01 to 2069-12-31 stands in
 * one list, and arithmetic is moving along it. The kernel computes its dates by formula; this
 * list exists so that the second opinion on SM-14 shares no line of arithmetic with it.
 */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2069;

const isLeap = (year: number): boolean =>
  year % 400 === 0 ? true : year % 100 === 0 ? false : year % 4 === 0;

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const lastDayOfMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1]!;

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

const dayName = (year: number, month: number, day: number): string =>
  `${year}-${two(month)}-${two(day)}`;

export interface DayOfCalendar {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const days: DayOfCalendar[] = [];
const names: string[] = [];
const positions = new Map<string, number>();
for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= lastDayOfMonth(year, month); day += 1) {
      const name = dayName(year, month, day);
      positions.set(name, days.length);
      days.push({ year, month, day });
      names.push(name);
    }
  }
}

/** The place of `YYYY-MM-DD` in the list. Throws a RangeError for a day that is not in it. */
export function positionOf(name: string): number {
  const position = positions.get(name);
  if (position === undefined) throw new RangeError(`${name} is no day of this calendar.`);
  return position;
}

/** The day at a place of the list as `YYYY-MM-DD`. Throws a RangeError beyond either end. */
export function nameAt(position: number): string {
  const name = names[position];
  if (name === undefined) throw new RangeError(`Place ${position} is beyond this calendar.`);
  return name;
}

export function dayAt(position: number): DayOfCalendar {
  const day = days[position];
  if (day === undefined) throw new RangeError(`Place ${position} is beyond this calendar.`);
  return day;
}

/** How many days the list holds. */
export const calendarLength = (): number => days.length;

/**
 * The last day of a period of whole years that an event on `name` starts. The day of the event is
 * not counted (Civil Code 140), so the period starts on the next day and ends on the day before the
 * day that corresponds to that start, or on the month's last day where there is none (143).
 */
export function lastDayOfYears(name: string, years: number): string {
  const start = dayAt(positionOf(name) + 1);
  const year = start.year + years;
  if (start.day > lastDayOfMonth(year, start.month)) {
    return dayName(year, start.month, lastDayOfMonth(year, start.month));
  }
  return nameAt(positionOf(dayName(year, start.month, start.day)) - 1);
}
