import { describe, expect, test } from '@jest/globals';
import {
  AMOUNT_YEN_MAX,
  maxYen,
  minYen,
  sumYen,
  yenForPeople,
  yenFromWire,
  yenToWire,
} from './yen.js';

describe('yen on the wire', () => {
  test.each<[string, bigint]>([
    ['0', 0n],
    ['1', 1n],
    ['-1', -1n],
    ['10', 10n],
    ['1000000000000', 1_000_000_000_000n],
    ['999999999999999999', 999_999_999_999_999_999n],
    ['-999999999999999999', -999_999_999_999_999_999n],
  ])('%s is read and written as it came', (text, yen) => {
    expect(yenFromWire(text)).toEqual({ ok: true, value: yen });
    expect(yenToWire(yen)).toBe(text);
  });

  test.each([
    '',
    '-',
    '-0',
    '00',
    '01',
    '+1',
    '1.0',
    '1e3',
    ' 1',
    '1 ',
    '1,000',
    '0x10',
    'a1',
    '1a',
    '１',
    '1000000000000000000',
  ])('%j is refused as yen_malformed', (text) => {
    expect(yenFromWire(text)).toEqual({ ok: false, refusal: { code: 'yen_malformed' } });
  });

  test('the largest amount is a million million', () => {
    expect(AMOUNT_YEN_MAX).toBe(10n ** 12n);
  });
});

describe('yen for people and in sums', () => {
  test.each<[bigint, string]>([
    [0n, '0円'],
    [999n, '999円'],
    [1_000n, '1,000円'],
    [123_456n, '123,456円'],
    [1_234_567n, '1,234,567円'],
    [-1n, '▲1円'],
    [-1_000n, '▲1,000円'],
  ])('%s is written %s', (yen, text) => {
    expect(yenForPeople(yen)).toBe(text);
  });

  test('a sum of nothing is nothing; order does not matter', () => {
    expect(sumYen([])).toBe(0n);
    expect(sumYen([5n, -7n, 3n])).toBe(1n);
    expect(sumYen(new Set([3n, 5n, -7n]))).toBe(1n);
  });

  test('the smaller and the larger of two', () => {
    expect([minYen(1n, 2n), minYen(2n, 1n), minYen(-1n, 1n)]).toEqual([1n, 1n, -1n]);
    expect([maxYen(1n, 2n), maxYen(2n, 1n), maxYen(-1n, 1n)]).toEqual([2n, 2n, 1n]);
  });
});
