import { instantToWire } from '#libs/kernel';
import type { SignedDigest } from './audit-digest.js';

/** A digest as it goes out: big numbers are decimal strings, the time is RFC 3339 in Tokyo. */
export interface DigestWire {
  readonly scope: number;
  readonly number: string;
  readonly from: { readonly xid: string; readonly id: string };
  readonly to: { readonly xid: string; readonly id: string };
  readonly rowCount: number;
  readonly root: string;
  readonly previousHash: string;
  readonly madeAt: string;
  readonly hash: string;
  readonly keyId: string;
  readonly signature: string;
}

const place = ({ xid, id }: SignedDigest['from']) => ({ xid: String(xid), id: String(id) });

export const digestToWire = (digest: SignedDigest): DigestWire => ({
  scope: digest.scope,
  number: String(digest.number),
  from: place(digest.from),
  to: place(digest.to),
  rowCount: digest.rowCount,
  root: digest.root,
  previousHash: digest.previousHash,
  madeAt: instantToWire(digest.madeAt),
  hash: digest.hash,
  keyId: digest.keyId,
  signature: digest.signature,
});

export const digestFromWire = (wire: DigestWire): SignedDigest => ({
  ...wire,
  number: BigInt(wire.number),
  from: { xid: BigInt(wire.from.xid), id: BigInt(wire.from.id) },
  to: { xid: BigInt(wire.to.xid), id: BigInt(wire.to.id) },
  madeAt: Date.parse(wire.madeAt),
});
