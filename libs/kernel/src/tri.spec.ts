import { describe, expect, test } from '@jest/globals';
import {
  established,
  notEstablished,
  triAgree,
  triAnd,
  triNot,
  triOf,
  triOr,
  type Tri,
} from './tri.js';

const all: Tri[] = ['yes', 'no', 'unknown'];
const certain: Tri[] = ['yes', 'no'];
const completions = (value: Tri): Tri[] => (value === 'unknown' ? certain : [value]);

describe('facts with three values', () => {
  test('and, or and not are certain exactly where every completion of the unknowns agrees', () => {
    for (const a of all) {
      for (const b of all) {
        const pairs = completions(a).flatMap((x) => completions(b).map((y) => [x, y] as const));
        const ands = new Set(pairs.map(([x, y]) => triOf(x === 'yes' && y === 'yes')));
        const ors = new Set(pairs.map(([x, y]) => triOf(x === 'yes' || y === 'yes')));
        expect(triAnd(a, b)).toBe(ands.size === 1 ? [...ands][0] : 'unknown');
        expect(triOr(a, b)).toBe(ors.size === 1 ? [...ors][0] : 'unknown');
      }
    }
    expect(all.map(triNot)).toEqual(['no', 'yes', 'unknown']);
  });

  test('nothing is true of all of none, and nothing of any of none', () => {
    expect([triAnd(), triOr()]).toEqual(['yes', 'no']);
  });

  test('two findings that contradict each other establish nothing', () => {
    expect(triAgree('yes', 'no')).toBe('unknown');
    expect(triAgree('no', 'unknown')).toBe('no');
    expect(triAgree('unknown', 'yes')).toBe('yes');
    expect(triAgree('no', 'no')).toBe('no');
  });

  test('a finding carries its evidence, and one that is missing carries none', () => {
    expect(established('evt_1', 'evt_2')).toEqual({ value: 'yes', evidence: ['evt_1', 'evt_2'] });
    expect(notEstablished).toEqual({ value: 'unknown', evidence: [] });
  });
});
