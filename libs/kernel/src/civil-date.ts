import { assert } from './assert.js';
import { accepted, refused, type Refusal, type Result } from './result.js';

/** A moment, in milliseconds since 1970-01-01T00:00:00Z. Rules take it as an argument and never ask for it. */
export type Instant = number;

const DAY_MS = 86_400_000;
const TOKYO_MS = 9 * 3_600_000;

/** Days since 1970-01-01 of a proleptic Gregorian date; integers only, so no host time zone can enter. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export const isLeapYear = (year: number): boolean =>
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A civil date in Asia/Tokyo. Immutable; equal dates are equal by `equals`, not by `===`. */
export class CivilDate {
  private constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {}

  static of(year: number, month: number, day: number): CivilDate {
    const isDate =
      Number.isInteger(year) &&
      year >= 1 &&
      year <= 9999 &&
      Number.isInteger(month) &&
      month >= 1 &&
      month <= 12 &&
      Number.isInteger(day) &&
      day >= 1 &&
      day <= daysInMonth(year, month);
    assert(isDate, `${year}-${month}-${day} is not a date.`);
    return new CivilDate(year, month, day);
  }

  /** Reads `YYYY-MM-DD`. Refuses an impossible date with `date_malformed`. */
  static parse(text: string): Result<CivilDate, Refusal<'date_malformed'>> {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!match) return refused('date_malformed');
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
      return refused('date_malformed');
    }
    return accepted(new CivilDate(year, month, day));
  }

  /** For dates written in code and tests; a malformed one is a bug. */
  static from(text: string): CivilDate {
    const parsed = CivilDate.parse(text);
    assert(parsed.ok, `${text} is not a date.`);
    return parsed.value;
  }

  /** The civil date on which `instant` falls in Tokyo (UTC+9 all year, no summer time since 1951). */
  static inTokyo(instant: Instant): CivilDate {
    return CivilDate.fromDayNumber(Math.floor((instant + TOKYO_MS) / DAY_MS));
  }

  static fromDayNumber(number: number): CivilDate {
    const z = number + 719_468;
    const era = Math.floor(z / 146_097);
    const dayOfEra = z - era * 146_097;
    const yearOfEra = Math.floor(
      (dayOfEra -
        Math.floor(dayOfEra / 1460) +
        Math.floor(dayOfEra / 36_524) -
        Math.floor(dayOfEra / 146_096)) /
        365,
    );
    const dayOfYear =
      dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const shifted = Math.floor((5 * dayOfYear + 2) / 153);
    const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
    const month = shifted < 10 ? shifted + 3 : shifted - 9;
    return CivilDate.of(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
  }

  get dayNumber(): number {
    return dayNumber(this.year, this.month, this.day);
  }

  /** 0 = Sunday … 6 = Saturday. 1970-01-01 was a Thursday. */
  get weekday(): number {
    return (((this.dayNumber + 4) % 7) + 7) % 7;
  }

  plusDays(days: number): CivilDate {
    return CivilDate.fromDayNumber(this.dayNumber + days);
  }

  minusDays(days: number): CivilDate {
    return this.plusDays(-days);
  }

  /** The same day `months` later, or the last day of that month where it does not exist. */
  plusMonths(months: number): CivilDate {
    const index = this.year * 12 + (this.month - 1) + months;
    const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
    return CivilDate.of(year, month, Math.min(this.day, daysInMonth(year, month)));
  }

  daysUntil(other: CivilDate): number {
    return other.dayNumber - this.dayNumber;
  }

  compare(other: CivilDate): number {
    return Math.sign(this.dayNumber - other.dayNumber);
  }

  equals(other: CivilDate): boolean {
    return this.compare(other) === 0;
  }

  isBefore(other: CivilDate): boolean {
    return this.compare(other) < 0;
  }

  isAfter(other: CivilDate): boolean {
    return this.compare(other) > 0;
  }

  /** The instant at which this day begins in Tokyo. Source: SM-5.3-3 (the day runs from 00:00). */
  startsAt(): Instant {
    return this.dayNumber * DAY_MS - TOKYO_MS;
  }

  /** The instant `hh:mm` of this day in Tokyo; `24:00` is the start of the next day. */
  at(time: string): Instant {
    const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
    assert(match && !(match[1] === '24' && match[2] !== '00'), `${time} is not a time of day.`);
    return this.startsAt() + (Number(match[1]) * 60 + Number(match[2])) * 60_000;
  }

  toString(): string {
    const pad = (value: number, width: number) => String(value).padStart(width, '0');
    return `${pad(this.year, 4)}-${pad(this.month, 2)}-${pad(this.day, 2)}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Writes an instant for the wire: RFC 3339 with milliseconds and `+09:00`. */
export function instantToWire(instant: Instant): string {
  const date = CivilDate.inTokyo(instant);
  const inDay = instant - date.startsAt();
  const pad = (value: number, width = 2) => String(Math.floor(value)).padStart(width, '0');
  const time = `${pad(inDay / 3_600_000)}:${pad((inDay / 60_000) % 60)}:${pad((inDay / 1000) % 60)}`;
  return `${date}T${time}.${pad(inDay % 1000, 3)}+09:00`;
}
