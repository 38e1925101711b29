import { Injectable } from '@nestjs/common';
import type { LinkFunction } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { EntryKind, Incident, IncidentEntry, IncidentPhase } from '../domain/incident.js';

interface IncidentRow {
  institution_id: number;
  id: string;
  number: number;
  epsp_id: string;
  reference: string;
  kind: Incident['kind'];
  chain_partner_id: string | null;
  occurred_at: Instant | null;
  found_at: Instant;
  reported_at: Instant;
  functions: LinkFunction[];
  affected_users: number | null;
  phase: IncidentPhase;
  last_sequence: number;
  last_report: number;
  read_to: number;
  read_at: Instant | null;
  closed_at: Instant | null;
}

interface EntryRow {
  sequence: number;
  id: string;
  kind: EntryKind;
  written_by: string;
  written_at: Instant;
  content: Readonly<Record<string, unknown>>;
}

/** What is first told to an institution; its number is given here. */
export type NewIncident = Omit<
  Incident,
  'number' | 'lastSequence' | 'lastReport' | 'readTo' | 'readAt' | 'closedAt'
>;

export interface IncidentFilter {
  readonly epspId?: string | undefined;
  readonly isOpen?: boolean | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** What nobody has read at an institution, of one intermediary and one partner. */
export interface Waiting {
  readonly epspId: string;
  readonly partnerId: string | undefined;
  readonly count: number;
  readonly since: Instant;
  readonly newest: string;
}

const HERE = 'institution_id = renkei_institution()';
const SELECT = `
  select institution_id, id, number, epsp_id, reference, kind, chain_partner_id, occurred_at, found_at,
    reported_at, functions, affected_users, phase, last_sequence, last_report, read_to, read_at, closed_at
  from incident where ${HERE}`;
const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** Incidents of the institution that the transaction has entered. */
@Injectable()
export class IncidentStore {
  /** Gives the next number; undefined where the intermediary has told of that reference already. */
  async insert(tx: Transaction, incident: NewIncident): Promise<Incident | undefined> {
    await tx.query(
      `select pg_advisory_xact_lock(hashtextextended('incident_number ' || $1::text, 0))`,
      [incident.institutionId],
    );
    const [row] = await tx.query<IncidentRow>(
      `insert into incident (institution_id, id, number, epsp_id, reference, kind, chain_partner_id,
         occurred_at, found_at, reported_at, functions, affected_users, phase, last_sequence, last_report)
       select $1, $2, coalesce((select max(number) from incident where institution_id = $1), 0) + 1,
         $3, $4, $5, $6, ${at(7)}, ${at(8)}, ${at(9)}, $10, $11, $12, 1, 1
       on conflict (institution_id, epsp_id, reference) do nothing
       returning *`,
      [
        incident.institutionId,
        incident.id,
        incident.epspId,
        incident.reference,
        incident.kind,
        incident.chainPartnerId ?? null,
        incident.occurredAt ?? null,
        incident.foundAt,
        incident.reportedAt,
        incident.functions,
        incident.affectedUsers ?? null,
        incident.phase,
      ],
    );
    return row && incidentOf(row);
  }

  async append(
    tx: Transaction,
    { institutionId, id }: Pick<Incident, 'institutionId' | 'id'>,
    entry: IncidentEntry,
  ): Promise<void> {
    await tx.query(
      `insert into incident_entry (institution_id, incident_id, sequence, id, kind, written_by,
         written_at, content)
       values ($1, $2, $3, $4, $5, $6, ${at(7)}, $8)`,
      [
        institutionId,
        id,
        entry.sequence,
        entry.id,
        entry.kind,
        entry.by,
        entry.at,
        JSON.stringify(entry.content),
      ],
    );
  }

  /** What changed with an entry; the facts of the first report never do. */
  async update(tx: Transaction, incident: Incident): Promise<void> {
    await tx.query(
      `update incident set functions = $3, affected_users = $4, phase = $5, last_sequence = $6,
         last_report = $7, read_to = $8, read_at = ${at(9)}, closed_at = ${at(10)}
       where institution_id = $1 and id = $2`,
      [
        incident.institutionId,
        incident.id,
        incident.functions,
        incident.affectedUsers ?? null,
        incident.phase,
        incident.lastSequence,
        incident.lastReport,
        incident.readTo,
        incident.readAt ?? null,
        incident.closedAt ?? null,
      ],
    );
  }

  async find(tx: Transaction, id: string): Promise<Incident | undefined> {
    const [row] = await tx.query<IncidentRow>(`${SELECT} and id = $1`, [id]);
    return row && incidentOf(row);
  }

  /** Locked until the transaction ends: entries are numbered one after the other. */
  async lock(tx: Transaction, id: string): Promise<Incident | undefined> {
    const [row] = await tx.query<IncidentRow>(`${SELECT} and id = $1 for update`, [id]);
    return row && incidentOf(row);
  }

  /** The newest first; `before` is the id of the last one seen. */
  async list(
    tx: Transaction,
    { epspId, isOpen = false, before, limit }: IncidentFilter,
  ): Promise<Incident[]> {
    const rows = await tx.query<IncidentRow>(
      `${SELECT} and ($1::text is null or epsp_id = $1) and ($2::text is null or id < $2)
         and (not $3 or closed_at is null or read_to < last_report)
       order by id desc limit $4`,
      [epspId ?? null, before ?? null, isOpen, limit],
    );
    return rows.map(incidentOf);
  }

  async entries(tx: Transaction, id: string): Promise<IncidentEntry[]> {
    const rows = await tx.query<EntryRow>(
      `select sequence, id, kind, written_by, written_at, content from incident_entry
       where ${HERE} and incident_id = $1 order by sequence`,
      [id],
    );
    return rows.map(({ written_by: by, written_at: when, ...entry }) => ({
      ...entry,
      by,
      at: when,
    }));
  }

  async waiting(tx: Transaction): Promise<Waiting[]> {
    const rows = await tx.query<{
      epsp_id: string;
      chain_partner_id: string | null;
      count: number;
      since: Instant;
      newest: string;
    }>(
      `select epsp_id, chain_partner_id, count(*)::int as count, min(reported_at) as since,
         max(id) as newest
       from incident where ${HERE} and read_to < last_report
       group by epsp_id, chain_partner_id order by epsp_id, chain_partner_id`,
    );
    return rows.map(({ epsp_id, chain_partner_id, count, since, newest }) => ({
      epspId: epsp_id,
      partnerId: chain_partner_id ?? undefined,
      count,
      since,
      newest,
    }));
  }
}

const incidentOf = (row: IncidentRow): Incident => ({
  institutionId: row.institution_id,
  id: row.id,
  number: row.number,
  epspId: row.epsp_id,
  reference: row.reference,
  kind: row.kind,
  chainPartnerId: row.chain_partner_id ?? undefined,
  occurredAt: row.occurred_at ?? undefined,
  foundAt: row.found_at,
  reportedAt: row.reported_at,
  functions: row.functions,
  affectedUsers: row.affected_users ?? undefined,
  phase: row.phase,
  lastSequence: row.last_sequence,
  lastReport: row.last_report,
  readTo: row.read_to,
  readAt: row.read_at ?? undefined,
  closedAt: row.closed_at ?? undefined,
});
