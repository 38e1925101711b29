import type { Transaction } from '#libs/platform';
import type { FeedPosition } from '../domain/feed-cursor.js';

export interface ConsentEventRow {
  readonly id: string;
  readonly xid: string;
  readonly consentId: string;
  readonly state: string;
  readonly reason: string;
  /** False while an older transaction still runs that might yet commit an event before this one. */
  readonly settled: boolean;
}

export const FEED_PAGE = 500;

/** What stands behind a position, in the order (transaction, id); the unsettled ones come last. */
export async function eventsAfter(
  tx: Transaction,
  institutionId: number,
  position: FeedPosition | undefined,
): Promise<ConsentEventRow[]> {
  return tx.query<ConsentEventRow>(
    `select id::text, xid::text, consent_id as "consentId", state, reason,
       xid < pg_snapshot_xmin(pg_current_snapshot()) as settled
     from consent_event
     where institution_id = $1 and (xid, id) > ($2::text::xid8, $3::bigint)
     order by xid, id limit ${FEED_PAGE}`,
    [institutionId, position?.xid ?? '0', position?.id ?? '0'],
  );
}
