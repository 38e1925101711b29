import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { merkleRoot } from './merkle.js';

const sha256 = (...parts: readonly (string | Uint8Array)[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const join = (left: Uint8Array, right: Uint8Array) => sha256('\u0001', left, right);

/** The inputs and roots by which implementations of certificate transparency are tested. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
test.each([
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
])('the tree over %i leaves has the root of RFC 9162 section 2.1.1', (count, root) => {
  const leaves = INPUTS.slice(0, count).map((hex) => sha256('\0', Buffer.from(hex, 'hex')));
  expect(Buffer.from(merkleRoot(leaves, join)).toString('hex')).toBe(root);
});

test('a tree without leaves is a bug', () => {
  expect(() => merkleRoot([], join)).toThrow(/at least one leaf/);
});
