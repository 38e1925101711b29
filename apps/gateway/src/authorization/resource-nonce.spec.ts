import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { ResourceNonce } from './resource-nonce.js';

const key = randomBytes(32);

test('RFC 9449 section 9 a nonce is good for its minute and the two after it', () => {
  const nonces = new ResourceNonce(key);
  const made = nonces.current(600, 'life');
  expect(nonces.isGood(made, 659, 'life')).toBe(true);
  expect(nonces.isGood(made, 779, 'life')).toBe(true);
  expect(nonces.isGood(made, 780, 'life')).toBe(false);
});

test('a process whose clock is one minute behind accepts it, two minutes behind does not', () => {
  const made = new ResourceNonce(key).current(600, 'life');
  expect(new ResourceNonce(key).isGood(made, 599, 'life')).toBe(true);
  expect(new ResourceNonce(key).isGood(made, 539, 'life')).toBe(false);
});

test('a nonce of another installation is not good', () => {
  const others = new ResourceNonce(randomBytes(32)).current(0, 'life');
  expect(new ResourceNonce(key).isGood(others, 0, 'life')).toBe(false);
  expect(new ResourceNonce(key).isGood('', 0, 'life')).toBe(false);
});

test('T-10 a nonce of an earlier life of the proof store is not good', () => {
  const nonces = new ResourceNonce(key);
  const before = nonces.current(600, 'first');
  expect(nonces.isGood(before, 600, 'second')).toBe(false);
  expect(nonces.isGood(nonces.current(600, 'second'), 600, 'second')).toBe(true);
});
