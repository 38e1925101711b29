import { CivilDate, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type {
  ApplicationAct,
  ApplicationEvent,
  ApplicationStep,
  Side,
} from '../domain/application.js';
import type { FiledDocument } from '../domain/partner-act.js';

export interface Application {
  readonly id: string;
  readonly epspId: string;
  readonly purpose: string;
  readonly openedBy: Side;
  readonly openedAt: Instant;
  readonly events: readonly ApplicationEvent[];
}

interface ApplicationRow {
  readonly id: string;
  readonly intermediary_id: string;
  readonly purpose: string;
  readonly opened_by: Side;
  readonly opened_ms: string;
}

interface EventRow {
  readonly application_id: string;
  readonly act: ApplicationAct;
  readonly step: ApplicationStep | null;
  readonly side: Side;
  readonly actor: string;
  readonly note: string;
  readonly documents: FiledDocument[];
  readonly target_on: string | null;
  readonly at_ms: string;
}

const HEAD = `id, intermediary_id, purpose, opened_by,
  floor(extract(epoch from opened_at) * 1000)::bigint as opened_ms`;

export async function insertApplication(
  tx: Transaction,
  application: Omit<Application, 'events'>,
): Promise<void> {
  await tx.query(
    `insert into federation.application (id, intermediary_id, purpose, opened_by, opened_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
    [
      application.id,
      application.epspId,
      application.purpose,
      application.openedBy,
      application.openedAt,
    ],
  );
}

/** Whoever opens one for an intermediary waits here for the others. */
export async function lockApplications(tx: Transaction, epspId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `applications/${epspId}`,
  ]);
}

/** With its events; `lock` keeps others from adding one meanwhile: rows that nobody may change lock nothing. */
export async function applicationBy(
  tx: Transaction,
  id: string,
  lock = false,
): Promise<Application | undefined> {
  if (lock)
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`application/${id}`]);
  const rows = await tx.query<ApplicationRow>(
    `select ${HEAD} from federation.application where id = $1`,
    [id],
  );
  return (await withEvents(tx, rows))[0];
}

/** Newest first; `before` is the last id that was seen. */
export async function applicationsOf(
  tx: Transaction,
  filter: {
    readonly epspId?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<Application[]> {
  const rows = await tx.query<ApplicationRow>(
    `select ${HEAD} from federation.application
     where ($1::text is null or intermediary_id = $1) and ($2::text is null or id < $2)
     order by id desc limit $3`,
    [filter.epspId ?? null, filter.before ?? null, filter.limit],
  );
  return withEvents(tx, rows);
}

export async function insertEvent(
  tx: Transaction,
  applicationId: string,
  event: ApplicationEvent,
): Promise<void> {
  await tx.query(
    `insert into federation.application_event (application_id, seq, act, step, side, actor, note,
       documents, target_on, at)
     select $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000)
     from federation.application_event where application_id = $1`,
    [
      applicationId,
      event.act,
      event.step ?? null,
      event.side,
      event.actor,
      event.note,
      JSON.stringify(event.documents),
      event.targetOn?.toString() ?? null,
      event.at,
    ],
  );
}

async function withEvents(tx: Transaction, rows: ApplicationRow[]): Promise<Application[]> {
  const events = await tx.query<EventRow>(
    `select application_id, act, step, side, actor, note, documents, target_on,
       floor(extract(epoch from at) * 1000)::bigint as at_ms
     from federation.application_event where application_id = any($1) order by application_id, seq`,
    [rows.map(({ id }) => id)],
  );
  const byApplication = Map.groupBy(events, (event) => event.application_id);
  return rows.map((row) => ({
    id: row.id,
    epspId: row.intermediary_id,
    purpose: row.purpose,
    openedBy: row.opened_by,
    openedAt: Number(row.opened_ms),
    events: (byApplication.get(row.id) ?? []).map(eventOf),
  }));
}

const eventOf = (row: EventRow): ApplicationEvent => ({
  act: row.act,
  step: row.step ?? undefined,
  side: row.side,
  actor: row.actor,
  note: row.note,
  documents: row.documents,
  targetOn: row.target_on === null ? undefined : CivilDate.from(row.target_on),
  at: Number(row.at_ms),
});
