import { describe, expect, test } from '@jest/globals';
import { isId, newId } from './ids.js';

describe('ids', () => {
  test.each<[number, string]>([
    [0, '0000000000'],
    [1, '0000000001'],
    [31, '000000000z'],
    [32, '0000000010'],
    [1_795_305_600_000, '01m808tx00'],
  ])('the instant %s stands at the head as %s', (instant, head) => {
    const id = newId('trf', instant);
    expect(id.slice(0, 14)).toBe(`trf_${head}`);
    expect(isId('trf', id)).toBe(true);
  });

  test('a later id sorts after an earlier one, whatever chance adds', () => {
    const made = [7, 1_000, 31_999, 32_000, 1_795_305_600_000].map((now) => newId('acc', now));
    expect([...made].sort()).toEqual(made);
  });

  test('two ids of one instant differ, and chance uses the whole alphabet', () => {
    const tails = Array.from({ length: 200 }, () => newId('evt', 5).slice(14));
    expect(new Set(tails).size).toBe(200);
    expect(new Set(tails.join('')).size).toBe(32);
    expect(tails.every((tail) => tail.length === 16)).toBe(true);
  });

  const tail = '0123456789abcdefghjkmnpqrs';
  test.each<[string, boolean]>([
    [`acc_${tail}`, true],
    ['acc_tvwxyz0123456789abcdefghjk', true],
    [`trf_${tail}`, false],
    [`xacc_${tail}`, false],
    [`acc_${tail}0`, false],
    [`acc_${tail.slice(1)}`, false],
    [`acc_${tail.slice(1)}i`, false],
    [`acc_${tail.slice(1)}l`, false],
    [`acc_${tail.slice(1)}o`, false],
    [`acc_${tail.slice(1)}u`, false],
    [`acc_${tail.slice(1)}A`, false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isId('acc', text)).toBe(expected);
  });
});
