import { describe, expect, test } from '@jest/globals';
import { pauseOf } from './source-pace.js';

describe('T-16 a source that fails on several ids is slowed', () => {
  //    case                              ids  ms since the last  pause
  test.each([
    ['nobody failed', 0, undefined, 0],
    ['a person who errs on one id', 1, 0, 0],
    ['nine ids: a family, a carrier', 9, 0, 0],
    ['the tenth id', 10, 0, 1000],
    ['half of the pause is over', 10, 500, 500],
    ['the pause is over', 10, 1000, 0],
    ['it doubles with every id', 12, 0, 4000],
    ['and ends at thirty seconds', 400, 0, 30_000],
  ] as const)('%s', (_, differentIds, since, expected) => {
    const now = 1_000_000;
    const lastFailureAt = since === undefined ? undefined : now - since;
    expect(pauseOf({ differentIds, lastFailureAt }, now)).toBe(expected);
  });
});
