import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl';
import en from './locales/en.json' with { type: 'json' };
import ja from './locales/ja.json' with { type: 'json' };

/** The languages of every screen. */
export const LANGUAGES = ['ja', 'en'] as const;
export type InterfaceLanguage = (typeof LANGUAGES)[number];

/** The words of the interface by id; sentences of clauses and refusals stand beside those. */
export type WordId = keyof typeof ja;

export interface Words {
  readonly language: InterfaceLanguage;
  /** The words with their values filled in; values are shown as they are, never as markup. */
  (id: WordId, values?: Readonly<Record<string, string | number>>): string;
}

const cache = createIntlCache();
const catalogues: Readonly<Record<InterfaceLanguage, Readonly<Record<WordId, string>>>> = {
  ja,
  en,
};

function intlOf(language: InterfaceLanguage): IntlShape<string> {
  const onError = (fault: Error): never => {
    throw fault;
  };
  const messages = catalogues[language];
  return createIntl({ locale: language, messages, timeZone: 'Asia/Tokyo', onError }, cache);
}

function wordsOf(language: InterfaceLanguage): Words {
  const intl = intlOf(language);
  const words = (id: WordId, values?: Readonly<Record<string, string | number>>): string =>
    intl.formatMessage({ id }, values);
  return Object.assign(words, { language });
}

const all: Readonly<Record<InterfaceLanguage, Words>> = { ja: wordsOf('ja'), en: wordsOf('en') };

/** The words of one language. A value that a sentence needs and does not get is a bug and throws. */
export const wordsIn = (language: InterfaceLanguage): Words => all[language];
