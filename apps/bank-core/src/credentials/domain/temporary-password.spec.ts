import { expect, test } from '@jest/globals';
import { temporaryPassword } from './temporary-password.js';

test('SM-13.4 a temporary password has twelve signs that paper does not confuse, and comes once', () => {
  const many = Array.from({ length: 200 }, temporaryPassword);
  expect(new Set(many).size).toBe(200);
  expect(many.every((one) => /^[A-HJ-NP-Z2-9]{12}$/.test(one))).toBe(true);
});
