import { expect, test } from '@jest/globals';
import { ledgerKey, nameOfKey } from './ledger-key.js';

test.each([
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '0190a5f2-7c31-7b6e-9d4e-2f8a61c0d3b5',
  ledgerKey('2825/transfers/anything at all'),
])('the key %s has a name that leads back to it', (key) => {
  expect(ledgerKey(nameOfKey(key))).toBe(key);
});
