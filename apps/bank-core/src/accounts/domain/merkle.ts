import { assert } from '#libs/kernel';

/** Puts two nodes together: SHA-256 of a byte 1 and both, so that no node can pass for a leaf (RFC 9162 2.1.1). */
export type JoinNodes = (left: Uint8Array, right: Uint8Array) => Uint8Array;

/** The root over leaves that are hashed already; the left half is the largest power of two below their number. */
export function merkleRoot(leaves: readonly Uint8Array[], join: JoinNodes): Uint8Array {
  const [first] = leaves;
  assert(first, 'A tree has at least one leaf.');
  if (leaves.length === 1) return first;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return join(merkleRoot(leaves.slice(0, half), join), merkleRoot(leaves.slice(half), join));
}
