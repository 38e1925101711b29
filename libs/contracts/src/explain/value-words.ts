import {
  canonicalJson,
  CivilDate,
  instantToWire,
  yenForPeople,
  type Tri,
  type Words,
} from '#libs/kernel';
import { facts, type FactName } from '../facts/index.js';
import { none, triWords } from './words.js';

const same = (text: string): Words => ({ ja: text, en: text });

const isTri = (value: unknown): value is Tri =>
  value === 'yes' || value === 'no' || value === 'unknown';

/** Yen for both languages: `1,234円`, `1,234 yen` (below zero `▲` and `-`). */
export const yenWords = (yen: bigint): Words => ({
  ja: yenForPeople(yen),
  en: `${yenForPeople(yen).replace('▲', '-').replace('円', '')} yen`,
});

const joined = (all: readonly Words[]): Words => ({
  ja: all.map(({ ja }) => ja).join('、'),
  en: all.map(({ en }) => en).join(', '),
});

/**
 * Any value of a decision in words. A bigint is yen, a CivilDate its day, a Tri its finding; several
 * members are named one by one. What has no words of its own is printed as canonical JSON, so that
 * nothing is ever left out.
 */
export function valueWords(value: unknown): Words {
  if (value === undefined || value === null) return none;
  if (isTri(value)) return triWords[value];
  if (typeof value === 'boolean') return triWords[value ? 'yes' : 'no'];
  if (typeof value === 'bigint') return yenWords(value);
  if (typeof value === 'string') return same(value);
  if (value instanceof CivilDate) return same(value.toString());
  if (Array.isArray(value)) return value.length === 0 ? none : joined(value.map(valueWords));
  return isPlain(value) ? membersOf(value) : same(canonicalJson(value));
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.getPrototypeOf(value) === Object.prototype;

const membersOf = (value: Readonly<Record<string, unknown>>): Words =>
  joined(
    Object.keys(value)
      .sort()
      .map((name) => {
        const { ja, en } = valueWords(value[name]);
        return { ja: `${name}：${ja}`, en: `${name}: ${en}` };
      }),
  );

const entryOf = (name: string) =>
  Object.hasOwn(facts, name) ? facts[name as FactName] : undefined;

/** The name of a fact for people; a name that no table holds is printed as it is. */
export function factName(name: string): Words {
  const entry = entryOf(name);
  return entry ? { ja: entry.ja, en: entry.en } : same(name);
}

/** The value of a fact: an instant is written with its offset, everything else by its own kind. */
export const factValue = (name: string, value: unknown): Words =>
  entryOf(name)?.kind === 'instant' && typeof value === 'number'
    ? same(instantToWire(value))
    : valueWords(value);
