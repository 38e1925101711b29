import { describe, expect, test } from '@jest/globals';
import { EDI_TEXT, isSameName, PAYEE_NAME, zenginText } from './zengin-text.js';

const sent = (text: string, field = PAYEE_NAME) => {
  const result = zenginText(text, field);
  return result.ok ? result.value : `${String(result.refusal.facts?.['hint'])}`;
};

describe('T-07 a name is sent in the Zengin characters or not at all', () => {
  test.each([
    // typed                  sent
    ['ミナト ハナコ', 'ﾐﾅﾄ ﾊﾅｺ'],
    ['みなと　はなこ', 'ﾐﾅﾄ ﾊﾅｺ'],
    ['ﾐﾅﾄ ﾊﾅｺ', 'ﾐﾅﾄ ﾊﾅｺ'],
    ['キュウシュウデンリョク', 'ｷﾕｳｼﾕｳﾃﾞﾝﾘﾖｸ'],
    ['カ）ミナトショウジ', 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ'],
    ['スズキ－イチロー', 'ｽｽﾞｷ-ｲﾁﾛ-'],
    ['ヴァイオリン', 'ｳﾞｱｲｵﾘﾝ'],
    ['パピプペポ', 'ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ'],
    ['か\u3099', 'ｶﾞ'],
    ['abc 123', 'ABC 123'],
    ['ＡＢＣ．／', 'ABC./'],
    ['ヲ', 'ｦ'],
    [' ﾀﾅｶ ', 'ﾀﾅｶ'],
  ])('%s → %s', (typed, expected) => {
    expect(sent(typed)).toBe(expected);
  });

  test.each([
    // typed                        hint
    ['', 'empty'],
    ['　 ', 'empty'],
    ['山田太郎', 'character'],
    ['ミナト・ハナコ', 'middle_dot'],
    ['ﾐﾅﾄ･ﾊﾅｺ', 'middle_dot'],
    ['ミナト\u202Eハナコ', 'character'],
    ['ミナト\u200Bハナコ', 'character'],
    ['\u2066ABC\u2069', 'character'],
    ['АBC', 'character'], // Cyrillic А
    ['ΑBC', 'character'], // Greek Α
    ['𝐀BC', 'character'], // mathematical bold A
    ['カ力', 'character'], // the kanji 力 beside the kana カ
    ['ﾐﾅﾄ@', 'character'],
    ['｢ﾐﾅﾄ｣', 'character'],
    ['¥100', 'character'],
    ['ﾐﾅﾄ\n', 'character'],
    ['ﾞﾐﾅﾄ', 'voiced_mark'],
    ['A゛', 'voiced_mark'],
  ])('%j is refused: %s', (typed, hint) => {
    expect(sent(typed)).toBe(hint);
  });

  test('length counts bytes, a voiced mark being one: 30 fit, 31 do not', () => {
    expect(sent('ガ'.repeat(15))).toBe('ｶﾞ'.repeat(15));
    expect(sent('ガ'.repeat(15) + 'ア')).toBe('too_long');
    expect(sent('A'.repeat(31))).toBe('too_long');
  });

  test('EDI text takes no comma and 20 bytes; a name takes the comma', () => {
    expect(sent('A,B')).toBe('A,B');
    expect(sent('A,B', EDI_TEXT)).toBe('character');
    expect(sent('INV-2026/11'.padEnd(20, '0'), EDI_TEXT)).toHaveLength(20);
    expect(sent('0'.repeat(21), EDI_TEXT)).toBe('too_long');
  });

  test('the refused character is named by its number, never printed', () => {
    expect(zenginText('ミ\u202E', PAYEE_NAME)).toMatchObject({
      refusal: { facts: { hint: 'character', character: 'U+202E' } },
    });
  });

  test('what is sent stays the same when it is normalised again', () => {
    for (const name of ['キュウシュウデンリョク', 'カ）ミナト', 'ヴァイオリン ABC-1']) {
      const once = sent(name);
      expect(sent(once)).toBe(once);
    }
  });

  test('two names are the same whatever their spaces', () => {
    expect(isSameName('ﾐﾅﾄ ﾊﾅｺ', 'ﾐﾅﾄﾊﾅｺ')).toBe(true);
    expect(isSameName('ﾐﾅﾄ ﾊﾅｺ', 'ﾐﾅﾄ ﾀﾛｳ')).toBe(false);
  });
});
