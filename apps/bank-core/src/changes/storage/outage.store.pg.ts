import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Outage } from '../domain/outage.js';

interface OutageRow {
  institution_id: number;
  id: Outage['id'];
  kind: Outage['kind'];
  functions: string[];
  announced_at: Instant;
  starts_at: Instant;
  ends_at: Instant | null;
  started_at: Instant | null;
  ended_at: Instant | null;
  cancelled_at: Instant | null;
}

const COLUMNS = `institution_id, id, kind, functions, announced_at, starts_at, ends_at, started_at,
  ended_at, cancelled_at`;

export async function insertOutage(tx: Transaction, outage: Outage, by: string): Promise<void> {
  await tx.query(
    `insert into outage (institution_id, id, kind, functions, announced_at, starts_at, ends_at,
       started_at, entered_by)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000),
       to_timestamp($7::float8 / 1000), to_timestamp($8::float8 / 1000), $9)`,
    [
      outage.institutionId,
      outage.id,
      outage.kind,
      outage.functions,
      outage.announcedAt,
      outage.startsAt,
      outage.endsAt ?? null,
      outage.startedAt ?? null,
      by,
    ],
  );
}

/** What is planned or running, and what was over less than `sinceMs` ago. */
export async function outagesSince(
  tx: Transaction,
  institutionId: number,
  since: Instant,
): Promise<Outage[]> {
  const rows = await tx.query<OutageRow>(
    `select ${COLUMNS} from outage where institution_id = $1
       and coalesce(ended_at, cancelled_at, 'infinity') > to_timestamp($2::float8 / 1000)
     order by starts_at, id`,
    [institutionId, since],
  );
  return rows.map(outageOf);
}

/** Ends what is running, withdraws what is planned. Nothing where neither is. */
export async function closeOutage(
  tx: Transaction,
  institutionId: number,
  id: string,
  at: Instant,
): Promise<Outage | undefined> {
  const rows = await tx.query<OutageRow>(
    `update outage set
       ended_at = case when started_at is not null then to_timestamp($3::float8 / 1000) end,
       cancelled_at = case when started_at is null then to_timestamp($3::float8 / 1000) end
     where institution_id = $1 and id = $2 and ended_at is null and cancelled_at is null
     returning ${COLUMNS}`,
    [institutionId, id, at],
  );
  return rows[0] && outageOf(rows[0]);
}

/** Begins and ends what has come due; each step is a change of its own, told by its trigger. */
export async function turnOutages(
  tx: Transaction,
  institutionId: number,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update outage set started_at = starts_at
     where institution_id = $1 and started_at is null and ended_at is null and cancelled_at is null
       and starts_at <= to_timestamp($2::float8 / 1000)`,
    [institutionId, at],
  );
  await tx.query(
    `update outage set ended_at = ends_at
     where institution_id = $1 and started_at is not null and ended_at is null
       and cancelled_at is null and ends_at <= to_timestamp($2::float8 / 1000)`,
    [institutionId, at],
  );
}

const outageOf = (row: OutageRow): Outage => ({
  institutionId: row.institution_id,
  id: row.id,
  kind: row.kind,
  functions: row.functions,
  announcedAt: row.announced_at,
  startsAt: row.starts_at,
  endsAt: row.ends_at ?? undefined,
  startedAt: row.started_at ?? undefined,
  endedAt: row.ended_at ?? undefined,
  cancelledAt: row.cancelled_at ?? undefined,
});
