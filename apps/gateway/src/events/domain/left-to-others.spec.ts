import { expect, test } from '@jest/globals';
import { LEFT_MS, LeftToOthers } from './left-to-others.js';

test('T-22 an endpoint is left to others from its first refusal to its last millisecond, then looked at again', () => {
  const left = new LeftToOthers();
  expect(left.ids(0)).toEqual([]);
  expect(left.leave('one', 10)).toBe(true);
  expect(left.ids(10)).toEqual(['one']);
  expect(left.ids(10 + LEFT_MS - 1)).toEqual(['one']);
  expect(left.ids(10 + LEFT_MS)).toEqual([]);
  expect(left.leave('one', 10 + LEFT_MS)).toBe(true);
});

test('T-22 several messages of one endpoint that fail together are told of once', () => {
  const left = new LeftToOthers();
  expect([left.leave('one', 0), left.leave('one', 0), left.leave('two', 0)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(left.ids(1)).toEqual(['one', 'two']);
});
