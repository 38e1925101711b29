import { expect, test } from '@jest/globals';
import { RateWindow } from './rate-window.js';

test('house rule: the call after the last is refused, and the next minute begins anew', () => {
  const window = new RateWindow(2);
  expect(window.count('a', 59)).toMatchObject({ remaining: 1, resetSeconds: 1, isKept: true });
  expect(window.count('a', 59)).toMatchObject({ remaining: 0, isKept: true });
  expect(window.count('a', 59)).toMatchObject({ remaining: 0, isKept: false });
  expect(window.count('b', 59)).toMatchObject({ isKept: true });
  expect(window.count('a', 60)).toMatchObject({ remaining: 1, resetSeconds: 60, isKept: true });
});
