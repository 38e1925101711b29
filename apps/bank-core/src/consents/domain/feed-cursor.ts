/** Where a reader of the feed stands at one institution: behind the event with this transaction and id. */
export interface FeedPosition {
  readonly xid: string;
  readonly id: string;
}

export type FeedPositions = ReadonlyMap<number, FeedPosition>;

const PART = /^(\d{1,5}):(\d{1,20})-(\d{1,19})$/;
/** What the database's xid8 and bigint can hold: beyond it the read would fail for every listener. */
const XID_MAX = 2n ** 64n - 1n;
const ID_MAX = 2n ** 63n - 1n;

/** Writes the positions as one text that a reader keeps and hands back: opaque to it. */
export const cursorOf = (positions: FeedPositions): string =>
  Buffer.from(
    [...positions]
      .sort(([a], [b]) => a - b)
      .map(([institution, { xid, id }]) => `${institution}:${xid}-${id}`)
      .join(','),
  ).toString('base64url');

/** Reads a cursor; an empty one stands before the first event. `undefined` when it is none of ours. */
export function positionsOf(cursor: string): Map<number, FeedPosition> | undefined {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const positions = new Map<number, FeedPosition>();
  if (text === '') return positions;
  for (const part of text.split(',')) {
    const [, institution, xid, id] = PART.exec(part) ?? [];
    if (institution === undefined || xid === undefined || id === undefined) return undefined;
    if (BigInt(xid) > XID_MAX || BigInt(id) > ID_MAX) return undefined;
    positions.set(Number(institution), { xid, id });
  }
  return positions;
}
