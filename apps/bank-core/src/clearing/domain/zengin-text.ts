import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { HALF_WIDTH, isAcceptedInput, LARGE_KANA } from './kana-table.js';

/** What is wrong with a text, for the person who can correct it; the character itself is named. */
export type ZenginHint = 'empty' | 'character' | 'middle_dot' | 'voiced_mark' | 'too_long';

/** Where a text stands in a Zengin record: its length in bytes and whether a comma may occur (japan.md 6). */
export interface ZenginField {
  readonly bytesMax: number;
  readonly comma: boolean;
}

export const PAYEE_NAME: ZenginField = { bytesMax: 30, comma: true };
export const PAYER_NAME: ZenginField = { bytesMax: 40, comma: true };
export const EDI_TEXT: ZenginField = { bytesMax: 20, comma: false };

const ALLOWED = /^[0-9A-Zｦｱ-ﾝﾞﾟ ().\-/,]$/;
const DASHES = /[-‐‑‒–—―−ー～〜~]/g;
const LONE_MARK = /(^|[^ｦｱ-ﾝ])[ﾞﾟ]/;

/**
 * Writes a name as the Zengin system sends it: half-width large kana with split voiced marks, A–Z, digits
 * and a few signs, one byte each. Never corrects silently beyond that: kanji, bidi controls, look-alikes of
 * other scripts and signs that banks refuse are refused with a hint (T-07). Source: japan.md section 6.
 */
export function zenginText(
  text: string,
  field: ZenginField,
): Result<string, Refusal<'zengin_text_invalid'>> {
  const invalid = (hint: ZenginHint, character?: string) =>
    refused('zengin_text_invalid', { facts: { hint, ...(character ? { character } : {}) } });
  const foreign = [...text].find((character) => !isAcceptedInput(character));
  if (foreign !== undefined) return invalid('character', codePointOf(foreign));

  const half = [...text.normalize('NFKC')]
    .map(toKatakana)
    .map((kana) => LARGE_KANA.get(kana) ?? kana)
    .join('')
    .replace(DASHES, '-')
    .normalize('NFD');
  const sent = [...half]
    .map((character) => HALF_WIDTH.get(character) ?? character)
    .join('')
    .toUpperCase()
    .trim();

  if (sent === '') return invalid('empty');
  if (sent.includes('・')) return invalid('middle_dot', '・');
  const refusedOne = [...sent].find(
    (character) => !ALLOWED.test(character) || (character === ',' && !field.comma),
  );
  if (refusedOne !== undefined) return invalid('character', codePointOf(refusedOne));
  if (LONE_MARK.test(sent)) return invalid('voiced_mark');
  // Every character of the allowed set is one byte of JIS X 0201.
  if (sent.length > field.bytesMax) return invalid('too_long');
  return accepted(sent);
}

/** True when two names are the same to a bank: spaces do not count. Both are normalised already. */
export const isSameName = (a: string, b: string): boolean =>
  a.replaceAll(' ', '') === b.replaceAll(' ', '');

function toKatakana(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x3041 && code <= 0x3096 ? String.fromCodePoint(code + 0x60) : character;
}

/** A character by its number: printing it might turn the line around (T-07). */
function codePointOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${hex}`;
}
