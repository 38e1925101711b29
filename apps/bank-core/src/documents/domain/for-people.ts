import type { Words } from '#libs/kernel';

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}):(\d{2})(?:\.\d{1,3})?\+09:00$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** A day inside a sentence; not where it is a piece of a name or of an instant. */
const DATE_WITHIN = /(?<![-\w])(\d{4})-(\d{2})-(\d{2})(?![-\w])/g;
/** An amount, or the first of two, as the decisions write it in English; Japanese amounts come grouped already. */
const YEN_WITHIN = /(?<![\w.,-])(\d{4,})(?= (?:to \d+ )?yen\b)/g;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * A text as it stands on the page: a day or an instant of the data as people write it, anything else as it is. The
 * signed JSON keeps RFC 3339; that a page says the same is decided here alone.
 */
export function forPeople(said: Words): Words {
  if (said.ja !== said.en)
    return {
      ja: said.ja.replace(DATE_WITHIN, japanese),
      en: said.en.replace(DATE_WITHIN, english).replace(YEN_WITHIN, grouped),
    };
  const instant = INSTANT.exec(said.ja);
  if (instant) {
    const [, year = '', month = '', day = '', clock = '', seconds = ''] = instant;
    const date = dateOf(year, month, day);
    const time = seconds === '00' ? clock : `${clock}:${seconds}`;
    return { ja: `${date.ja} ${time}`, en: `${date.en}, ${time} JST` };
  }
  const [, year, month, day] = DATE.exec(said.ja) ?? [];
  return year && month && day ? dateOf(year, month, day) : said;
}

const japanese = (_: string, year: string, month: string, day: string): string =>
  dateOf(year, month, day).ja;

const english = (_: string, year: string, month: string, day: string): string =>
  dateOf(year, month, day).en;

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

const dateOf = (year: string, month: string, day: string): Words => ({
  ja: `${year}年${Number(month)}月${Number(day)}日`,
  en: `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`,
});
