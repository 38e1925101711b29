import type { ConsentName } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ConsentActorName } from '../domain/consent.js';
import type { FeedPosition } from '../domain/feed-cursor.js';

export interface ConsentEventRow {
  readonly id: string;
  readonly xid: string;
  readonly consentId: string;
  readonly state: ConsentName;
  readonly reason: string;
  readonly actor: ConsentActorName | null;
  readonly change: string | null;
  readonly version: number | null;
  readonly at: Instant;
  readonly expiresAt: Instant | null;
  readonly epspId: string;
  readonly clientId: string;
  readonly chainPartnerId: string;
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
    `select e.id::text, e.xid::text, e.consent_id as "consentId", e.state, e.reason, e.actor,
       e.change, e.version, e.at, e.expires_at as "expiresAt", c.epsp_id as "epspId",
       c.client_id as "clientId", c.chain_partner_id as "chainPartnerId",
       e.xid < pg_snapshot_xmin(pg_current_snapshot()) as settled
     from consent_event e
     join consent c on c.institution_id = e.institution_id and c.id = e.consent_id
     where e.institution_id = $1 and (e.xid, e.id) > ($2::text::xid8, $3::bigint)
     order by e.xid, e.id limit ${FEED_PAGE}`,
    [institutionId, position?.xid ?? '0', position?.id ?? '0'],
  );
}
