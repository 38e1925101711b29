import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { ResourceNonce } from './resource-nonce.js';

const key = randomBytes(32);

test('RFC 9449 section 9 a nonce is good for its minute and the two after it', () => {
  const nonces = new ResourceNonce(key);
  const made = nonces.current(600);
  expect(nonces.isGood(made, 659)).toBe(true);
  expect(nonces.isGood(made, 779)).toBe(true);
  expect(nonces.isGood(made, 780)).toBe(false);
});

test('a process whose clock is one minute behind accepts it, two minutes behind does not', () => {
  const made = new ResourceNonce(key).current(600);
  expect(new ResourceNonce(key).isGood(made, 599)).toBe(true);
  expect(new ResourceNonce(key).isGood(made, 539)).toBe(false);
});

test('a nonce of another installation is not good', () => {
  expect(new ResourceNonce(key).isGood(new ResourceNonce(randomBytes(32)).current(0), 0)).toBe(
    false,
  );
  expect(new ResourceNonce(key).isGood('', 0)).toBe(false);
});
