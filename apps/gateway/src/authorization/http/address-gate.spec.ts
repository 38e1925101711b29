import { expect, test } from '@jest/globals';
import { addressOf } from './address-gate.js';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('T-31 %s counts as %s: whoever has a network of addresses is one source', (address, source) => {
  expect(addressOf(address)).toBe(source);
});
