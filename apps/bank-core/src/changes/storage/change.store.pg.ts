import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { FeedPosition } from '../../consents/index.js';
import type { ChangeSubject, PlacedChange } from '../domain/change.js';

interface ChangeRow {
  readonly id: string;
  readonly xid: string;
  readonly at: Instant;
  readonly subject: ChangeSubject;
  readonly subject_id: string;
  readonly epsp_id: string | null;
  readonly client_id: string | null;
  readonly chain_partner_id: string;
  readonly was: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly settled: boolean;
}

const PLACE = `c.id::text, c.xid::text, c.xid < pg_snapshot_xmin(pg_current_snapshot()) as settled`;
// By the columns of the table: a bare name would mean the text above, in whose order 1000 stands before 999.
const BEHIND = `(c.xid, c.id) > ($1::text::xid8, $2::bigint) order by c.xid, c.id limit $3`;

/** What stands behind a position at one institution, in order; the unsettled ones come last. */
export async function changesAfter(
  tx: Transaction,
  institutionId: number,
  position: FeedPosition | undefined,
  limit: number,
): Promise<PlacedChange[]> {
  const rows = await tx.query<ChangeRow>(
    `select ${PLACE}, at, subject, subject_id, epsp_id, client_id, chain_partner_id, was, state,
       reason, detail
     from party_change c where c.institution_id = $4 and ${BEHIND}`,
    [position?.xid ?? '0', position?.id ?? '0', limit, institutionId],
  );
  return rows.map((row) => placed(institutionId, row));
}

/** The same of what belongs to the federation as one party: chain partners. */
export async function federationChangesAfter(
  tx: Transaction,
  position: FeedPosition | undefined,
  limit: number,
): Promise<PlacedChange[]> {
  const rows = await tx.query<ChangeRow>(
    `select ${PLACE}, at, subject, subject_id, epsp_id, null as client_id, chain_partner_id, was,
       state, null as reason, '{}'::jsonb as detail
     from federation.party_change c where ${BEHIND}`,
    [position?.xid ?? '0', position?.id ?? '0', limit],
  );
  return rows.map((row) => placed(0, row));
}

/** Removes what every reader has had for long. Answers how many rows went. */
export async function forgetChanges(
  tx: Transaction,
  institutionId: number,
  before: Instant,
  limit: number,
): Promise<number> {
  const gone = await tx.query(
    `delete from party_change where institution_id = $1 and at < to_timestamp($2::float8 / 1000)
       and (xid, id) in (select c.xid, c.id from party_change c
         where c.institution_id = $1 order by c.xid, c.id limit $3)
     returning 1`,
    [institutionId, before, limit],
  );
  return gone.length;
}

/** Writes down that measures ended by their own time; each is told once. */
export async function tellEndedLinks(
  tx: Transaction,
  institutionId: number,
  at: Instant,
): Promise<void> {
  await tx.query(
    `with ended as (
       insert into link_end_told (institution_id, measure_id)
       select s.institution_id, s.measure_id from link_state s
       where s.institution_id = $1 and s.state <> 'active' and s.until <= to_timestamp($2::float8 / 1000)
       on conflict do nothing returning measure_id)
     insert into party_change (institution_id, at, subject, subject_id, epsp_id, chain_partner_id,
       was, state, detail)
     select s.institution_id, s.until, 'link', s.measure_id, s.epsp_id, s.chain_partner_id, s.state,
       'active', jsonb_build_object('function', s.function, 'clause', s.clause, 'since', s.until)
     from link_state s join ended e using (measure_id) where s.institution_id = $1`,
    [institutionId, at],
  );
}

const placed = (place: number, row: ChangeRow): PlacedChange => ({
  key: `${place}:${row.id}`,
  at: row.at,
  subject: row.subject,
  subjectId: row.subject_id,
  epspId: row.epsp_id,
  clientId: row.client_id,
  chainPartnerId: row.chain_partner_id,
  was: row.was,
  state: row.state,
  reason: row.reason,
  detail: row.detail,
  position: { xid: row.xid, id: row.id },
  settled: row.settled,
});
