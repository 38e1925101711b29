import { CivilDate, daysInMonth, type Instant } from '#libs/kernel';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const SHORT = WEEKDAYS.map((name) => name.slice(0, 3)).join('|');
const MONTH = `(?<month>${MONTHS.join('|')})`;
// A minute may have a leap second.
const TIME = '(?<hour>[01][0-9]|2[0-3]):(?<minute>[0-5][0-9]):(?<second>[0-5][0-9]|60)';

/** The forms that a recipient has to understand, the preferred one first (RFC 9110 section 5.6.7). */
const FORMS = [
  `(?<weekday>${SHORT}), (?<day>[0-9]{2}) ${MONTH} (?<year>[0-9]{4}) ${TIME} GMT`,
  `(?<weekday>${WEEKDAYS.join('|')}), (?<day>[0-9]{2})-${MONTH}-(?<year>[0-9]{2}) ${TIME} GMT`,
  `(?<weekday>${SHORT}) ${MONTH} (?<day>[ 0-9][0-9]) ${TIME} (?<year>[0-9]{4})`,
].map((form) => new RegExp(`^${form}$`));

// At either end of four digits, Tokyo would stand outside the calendar (T-31).
const [FIRST_YEAR, LAST_YEAR] = [1900, 2999];
const FUTURE_YEARS_MAX = 50;
const TOKYO_MS = 9 * 3_600_000;

/** An HTTP-date as an instant; undefined where it is none, or its day or weekday never was. */
export function readHttpDate(text: string, now: Instant): Instant | undefined {
  const parts = FORMS.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (!parts) return undefined;
  const numberOf = (name: string) => Number(parts[name]);
  const month = MONTHS.indexOf(parts['month'] ?? '') + 1;
  const year = yearOf(parts['year'] ?? '', now);
  const day = numberOf('day');
  if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > daysInMonth(year, month))
    return undefined;
  const date = CivilDate.of(year, month, day);
  if (!WEEKDAYS[date.weekday]?.startsWith(parts['weekday'] ?? '')) return undefined;
  const seconds = (numberOf('hour') * 60 + numberOf('minute')) * 60 + numberOf('second');
  return date.startsAt() + TOKYO_MS + seconds * 1000;
}

/** Two digits are a year of this century, or of the last one where that lies more than 50 years ahead. */
function yearOf(digits: string, now: Instant): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = CivilDate.inTokyo(now).year;
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + FUTURE_YEARS_MAX ? year - 100 : year;
}
