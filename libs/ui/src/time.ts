import type { Instant } from '#libs/kernel';
import type { InterfaceLanguage } from './words.js';

const LOCALES: Readonly<Record<InterfaceLanguage, string>> = { ja: 'ja-JP', en: 'en-GB' };

const dateAndTime = (language: InterfaceLanguage, withDate: boolean, withTime: boolean) =>
  new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: 'Asia/Tokyo',
    ...(withDate ? { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' } : {}),
    ...(withTime ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
  });

/** 2026年11月22日(日) 14:05, in Tokyo whatever the host's time zone. */
export const instantForPeople = (instant: Instant, language: InterfaceLanguage): string =>
  dateAndTime(language, true, true).format(instant);

/** 2026年11月22日(日). */
export const dayForPeople = (instant: Instant, language: InterfaceLanguage): string =>
  dateAndTime(language, true, false).format(instant);

/** 14:05. */
export const timeOfDayForPeople = (instant: Instant, language: InterfaceLanguage): string =>
  dateAndTime(language, false, true).format(instant);
