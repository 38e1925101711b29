/**
 * A place in the order (xid, id) of an institution's postings: everything up to and including it has been read. The
 * id alone is no order, since a transaction may take a lower id and commit later (ledger.md 3.1).
 */
export interface PostingCursor {
  readonly xid: bigint;
  readonly id: bigint;
}

export const BEFORE_ALL: PostingCursor = { xid: 0n, id: 0n };

export const isBehind = (a: PostingCursor, b: PostingCursor): boolean =>
  a.xid === b.xid ? a.id < b.id : a.xid < b.xid;
