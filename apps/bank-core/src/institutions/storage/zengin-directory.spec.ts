import { describe, expect, test } from '@jest/globals';
import banks from 'zengin-code';
import { ZenginDirectory } from './zengin-directory.js';

describe('the code master', () => {
  const directory = new ZenginDirectory();

  test('RKN-0.2/c every one of the 14 codes and the cooperative resolve, with their branches', () => {
    const counts = [
      ['2950', 1],
      ['2951', 36],
      ['2954', 66],
      ['2963', 125],
      ['2965', 26],
      ['2966', 21],
      ['2968', 25],
      ['2970', 24],
      ['2972', 41],
      ['2978', 53],
      ['2984', 38],
      ['2987', 24],
      ['2990', 79],
      ['2997', 11],
      ['2825', 5],
    ] as const;
    for (const [code, count] of counts) {
      expect(directory.bank(code)?.code).toBe(code);
      expect(directory.branches(code)).toHaveLength(count);
    }
    expect(directory.branch('2825', '002')).toEqual({ code: '002', name: '南', kana: 'ミナミ' });
  });

  test('it holds what the package holds, bank by bank and branch by branch', () => {
    for (const { code, name, kana, branches } of Object.values(banks)) {
      expect(directory.bank(code)).toEqual({ code, name, kana });
      const expected = Object.values(branches)
        .map((branch) => `${branch.code} ${branch.name} ${branch.kana}`)
        .sort();
      expect(directory.branches(code).map((b) => `${b.code} ${b.name} ${b.kana}`)).toEqual(
        expected,
      );
    }
  });

  test.each(['0000', '', '__proto__', 'constructor', '29630', '２９６３'])(
    'T-32 %j is no bank, and names of the prototype chain are none',
    (code) => {
      expect(directory.bank(code)).toBeUndefined();
      expect(directory.branch(code, '001')).toBeUndefined();
      expect(directory.branch('2963', code)).toBeUndefined();
      expect(directory.branches(code)).toEqual([]);
    },
  );
});
