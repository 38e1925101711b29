import { describe, expect, test } from '@jest/globals';
import {
  civilDateText,
  flag,
  listOf,
  oneOf,
  orNone,
  shape,
  subsetOf,
  tableBy,
  text,
  timeOfDay,
  where,
  wholeNumber,
  yenAtLeast,
  type Constraint,
} from './constraint.js';
import { smParameters } from './sm-terms/parameters.js';

const pair = shape({ a: wholeNumber(0, 9), b: flag });
const even = where(wholeNumber(0, 9), '偶数', 'even', (n) => n % 2 === 0);

describe('constraints', () => {
  test.each<[string, Constraint<unknown>, unknown[], unknown[]]>([
    ['a whole number', wholeNumber(2, 4), [2, 4], [1, 5, 2.5, '3', Number.NaN, undefined]],
    [
      'yen',
      yenAtLeast(5n),
      ['5', '999999999999999999'],
      ['4', '05', '-5', 5, '5.0', '1e3', '1234567890123456789'],
    ],
    ['a flag', flag, [true, false], [0, 'true', null]],
    ['one of', oneOf('x', 'y'), ['x', 'y'], ['z', '', 1]],
    ['a set', subsetOf(['x', 'y']), [['x'], ['y', 'x']], [[], ['x', 'x'], ['z'], 'x']],
    ['a set or none', subsetOf(['x'], true), [[], ['x']], [['z']]],
    ['a text', text(3), ['a', 'abc'], ['', ' ', 'abcd', 1]],
    [
      'a time',
      timeOfDay,
      ['00:00', '23:59', '24:00'],
      ['24:01', '25:00', '9:00', '12:60', '12:00 '],
    ],
    ['a date', civilDateText, ['2028-02-29'], ['2026-02-29', '2026-13-01', '20260101', 20260101]],
    ['a list', listOf(flag, 2), [[], [true, false]], [[true, true, true], [1], true]],
    [
      'a shape',
      pair,
      [{ a: 1, b: true }],
      [{ a: 1 }, { a: 1, b: true, c: 1 }, { a: 10, b: true }, [], null],
    ],
    ['a table', tableBy(['k'], flag), [{ k: true }], [{}, { k: 1 }, { k: true, l: true }]],
    ['none', orNone(flag), ['none', true], ['nothing', 0]],
    ['narrowed', even, [0, 8], [1, 10, '2']],
  ])('%s takes what it says and nothing else', (_, constraint, good, bad) => {
    for (const value of good) expect(constraint.read(value)).not.toBeUndefined();
    expect(bad.map((value) => constraint.read(value))).toEqual(bad.map(() => undefined));
    expect(constraint.ja.length * constraint.en.length).toBeGreaterThan(0);
  });

  test('values arrive typed: yen as bigint, members as their own constraints give them', () => {
    expect(yenAtLeast(0n).read('0')).toBe(0n);
    expect(shape({ fee: yenAtLeast(0n) }).read({ fee: '880' })).toEqual({ fee: 880n });
    expect(subsetOf(['x', 'y']).read(['y', 'x'])).toEqual(['y', 'x']);
    expect(pair.en).toBe('a: a whole number from 0 to 9; b: true or false');
    expect(even.ja).toBe('0以上9以下の整数（偶数）');
  });

  const fee = (destination: string, membership: string, fromYen: string) => ({
    destination,
    membership,
    fromYen,
    feeYen: '1',
  });
  const classes = [
    fee('same_institution', 'member', '0'),
    fee('same_institution', 'non_member', '0'),
    fee('other_institution', 'member', '0'),
    fee('other_institution', 'non_member', '0'),
  ];
  test('SM-5.1-1 a fee table begins every class at 0 yen and repeats no amount', () => {
    const { read } = smParameters.transferFee.constraint;
    expect(read(classes)).toHaveLength(4);
    expect(read(classes.slice(1))).toBeUndefined();
    expect(read([...classes, fee('other_institution', 'member', '0')])).toBeUndefined();
    expect(read([...classes, fee('other_institution', 'member', '50000')])).toHaveLength(5);
    const late = [...classes.slice(1), fee('same_institution', 'member', '1')];
    expect(read(late)).toBeUndefined();
  });

  test('SM-4.1-2 hours stand in order, do not overlap, and end after they begin', () => {
    const read = (openings: { from: string; to: string }[]) => {
      const weekly = Object.fromEntries(
        ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, openings]),
      );
      return smParameters.inquiryHours.constraint.read({ weekly, exceptions: [] });
    };
    const [early, late] = [
      { from: '08:00', to: '12:00' },
      { from: '12:00', to: '24:00' },
    ];
    expect(read([early, late])).toBeDefined();
    expect(read([])).toBeDefined();
    expect(read([late, early])).toBeUndefined();
    expect(read([early, { from: '11:59', to: '13:00' }])).toBeUndefined();
    expect(read([{ from: '12:00', to: '12:00' }])).toBeUndefined();
  });

  test('SM-9.3a the shortest password is not longer than the longest', () => {
    const { read } = smParameters.passwordLength.constraint;
    expect(read({ min: 8, max: 8 })).toBeDefined();
    expect(read({ min: 9, max: 8 })).toBeUndefined();
  });
});
