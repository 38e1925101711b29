import { canonicalJson, instantToWire, sha256Hex, type Instant } from '#libs/kernel';

/** A place among rows: the transaction that wrote them, then their id. */
export interface RowPlace {
  readonly xid: bigint;
  readonly id: bigint;
}

/** The federation's chain: who may do what, and what two people decided. Every other scope is an institution's id. */
export const FEDERATION_SCOPE = 0;

/** What is said of a range of rows; hashes are 64 hexadecimal digits. */
export interface AuditDigest {
  readonly scope: number;
  /** 1, 2, 3 … without gap. */
  readonly number: bigint;
  /** Exclusive; where the digest before it ends. */
  readonly from: RowPlace;
  /** Inclusive; the last row. */
  readonly to: RowPlace;
  readonly rowCount: number;
  /** SHA-256 over the lines one after another, each with the hash before it. */
  readonly root: string;
  readonly previousHash: string;
  readonly madeAt: Instant;
  readonly hash: string;
}

/** With the signature over `hash`, by a key outside the database. */
export interface SignedDigest extends AuditDigest {
  readonly keyId: string;
  /** Ed25519, base64url. */
  readonly signature: string;
}

type Head = Pick<AuditDigest, 'number' | 'to' | 'hash'>;

/** What stands before the first digest. */
export const NO_DIGEST: Head = { number: 0n, to: { xid: 0n, id: 0n }, hash: '0'.repeat(64) };

/** The digest that follows `head`. */
export function nextDigest(
  head: Head,
  made: Pick<AuditDigest, 'scope' | 'to' | 'rowCount' | 'root' | 'madeAt'>,
): AuditDigest {
  const digest = { ...made, number: head.number + 1n, from: head.to, previousHash: head.hash };
  return { ...digest, hash: digestHash(digest) };
}

/** SHA-256 over everything else that the digest says. */
export function digestHash(digest: Omit<AuditDigest, 'hash'>): string {
  const { scope, number, from, to, rowCount, root, previousHash, madeAt } = digest;
  const places = [from.xid, from.id, to.xid, to.id];
  const said = [scope, number, ...places, rowCount, root, previousHash, instantToWire(madeAt)];
  return sha256Hex(canonicalJson(said));
}

export type DigestFault =
  | 'number_missing'
  | 'range_broken'
  | 'chain_broken'
  | 'hash_differs'
  | 'rows_missing'
  | 'rows_differ';

/** Everything that is wrong with a digest behind `head`, given the rows that are there now. */
export function faultsOf(
  head: Head,
  digest: AuditDigest,
  rows: Pick<AuditDigest, 'rowCount' | 'root'>,
): DigestFault[] {
  const faults: DigestFault[] = [];
  const claim = (holds: boolean, fault: DigestFault): void => void (holds || faults.push(fault));
  claim(digest.number === head.number + 1n, 'number_missing');
  claim(digest.from.xid === head.to.xid && digest.from.id === head.to.id, 'range_broken');
  claim(digest.previousHash === head.hash, 'chain_broken');
  claim(digest.hash === digestHash(digest), 'hash_differs');
  claim(digest.rowCount === rows.rowCount, 'rows_missing');
  claim(digest.root === rows.root, 'rows_differ');
  return faults;
}
