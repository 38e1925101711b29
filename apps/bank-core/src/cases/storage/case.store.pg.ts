import { canonicalJson, type Instant } from '#libs/kernel';
import type { CaseEvent, LossCase, RecordedEvent } from '#libs/liability';
import type { Transaction } from '#libs/platform';
import type { LossReport, NoteKind } from '../domain/case-report.js';
import { eventFrom } from '../domain/stored-values.js';

/** A case by name: ids are unique per institution. */
export interface CaseName {
  readonly institutionId: number;
  readonly caseId: string;
}

export interface NewCase extends CaseName {
  readonly report: LossReport;
  readonly reportHash: string;
  readonly causeStatus: LossCase['causeStatus'];
  readonly causeDueAt: Instant | undefined;
  readonly at: Instant;
  readonly by: string;
}

/** False where the same teller's reference has opened a case already. */
export async function insertCase(tx: Transaction, one: NewCase): Promise<boolean> {
  const { report } = one;
  const rows = await tx.query(
    `insert into loss_case (institution_id, id, origin, reference, report_hash, category, holder_id, epsp_id,
       chain_partner_id, request_ids, loss, occurred_at, known_at, reported_at, opened_by, cause_status, cause_due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12::float8 / 1000),
       to_timestamp($13::float8 / 1000), to_timestamp($14::float8 / 1000), $15, $16,
       to_timestamp($17::float8 / 1000))
     on conflict (institution_id, origin, epsp_id, reference) do nothing returning id`,
    [
      one.institutionId,
      one.caseId,
      report.origin,
      report.reference,
      one.reportHash,
      report.category,
      report.holderId ?? null,
      report.epspId ?? '',
      report.chainPartnerId ?? 'none',
      report.requestIds,
      report.lossYen,
      report.occurredAt,
      report.knownAt,
      one.at,
      one.by,
      one.causeStatus,
      one.causeDueAt ?? null,
    ],
  );
  return rows.length === 1;
}

/** The case that a teller's reference has opened, with the hash of what was told then. */
export async function caseOfReference(
  tx: Transaction,
  institutionId: number,
  { origin, epspId = '', reference }: LossReport,
): Promise<{ caseId: string; reportHash: string } | undefined> {
  const [row] = await tx.query<{ id: string; report_hash: string }>(
    `select id, report_hash from loss_case
     where institution_id = $1 and origin = $2 and epsp_id = $3 and reference = $4`,
    [institutionId, origin, epspId, reference],
  );
  return row && { caseId: row.id, reportHash: row.report_hash };
}

/** What of a case stands beside its events. */
export interface CaseFacts {
  readonly holderId: string | undefined;
  readonly epspId: string | undefined;
  readonly chainPartnerId: string;
}

/** Locks the case for the rest of the transaction: events are told one after the other. */
export async function lockCase(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
): Promise<CaseFacts | undefined> {
  const [row] = await tx.query<{ holder_id: string; epsp_id: string; chain_partner_id: string }>(
    `select holder_id, epsp_id, chain_partner_id from loss_case
     where institution_id = $1 and id = $2 for no key update`,
    [institutionId, caseId],
  );
  if (!row) return undefined;
  return {
    holderId: row.holder_id ?? undefined,
    epspId: row.epsp_id || undefined,
    chainPartnerId: row.chain_partner_id,
  };
}

/** Whether the institution has this case, and it is this holder's. */
export async function isCaseOfHolder(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  holderId: string,
): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from loss_case where institution_id = $1 and id = $2 and holder_id = $3',
    [institutionId, caseId, holderId],
  );
  return rows.length === 1;
}

export async function eventsOf(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
): Promise<RecordedEvent[]> {
  const rows = await tx.query<{ event: string }>(
    'select event from case_event where institution_id = $1 and case_id = $2 order by sequence',
    [institutionId, caseId],
  );
  return rows.map(({ event }) => eventFrom(event));
}

export async function stateHashesOf(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
): Promise<string[]> {
  const rows = await tx.query<{ state_hash: string }>(
    'select state_hash from case_event where institution_id = $1 and case_id = $2 order by sequence',
    [institutionId, caseId],
  );
  return rows.map(({ state_hash }) => state_hash);
}

/** Stores the last event of `after`; the database counts it into the sums and refuses what breaks RKN-L*. */
export async function insertEvent(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  { after, stateHash, by }: { after: LossCase; stateHash: string; by: string },
): Promise<void> {
  const event = after.events.at(-1);
  if (!event) return;
  const money = moneyOf(event, after);
  await tx.query(
    `insert into case_event (institution_id, case_id, sequence, type, event, state_hash, entry_id, side, amount,
       to_payer, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000), $12)`,
    [
      institutionId,
      caseId,
      after.events.length,
      event.type,
      canonicalJson(event),
      stateHash,
      money?.id ?? null,
      money?.side ?? null,
      money?.amountYen ?? null,
      money?.toPayerYen ?? null,
      event.recordedAt,
      by,
    ],
  );
  if (event.type === 'cause_found' || event.type === 'cause_unknown')
    await tx.query('update loss_case set cause_status = $3 where institution_id = $1 and id = $2', [
      institutionId,
      caseId,
      after.causeStatus,
    ]);
}

function moneyOf(event: CaseEvent, { book }: LossCase) {
  if (event.type === 'paid') {
    const { id, by: side, amountYen } = event.payment;
    return { id, side, amountYen, toPayerYen: undefined };
  }
  if (event.type === 'recourse_received') {
    const { id, by: side, amountYen } = event;
    return { id, side, amountYen, toPayerYen: undefined };
  }
  if (event.type !== 'recovered') return undefined;
  const { id, forSide: side, amountYen } = event.recovery;
  return { id, side, amountYen, toPayerYen: book.recoveries.at(-1)?.toPayerYen };
}

export async function insertNote(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  note: { kind: NoteKind; content: object; at: Instant; by: string },
): Promise<void> {
  await tx.query(
    `insert into case_note (institution_id, case_id, kind, content, recorded_at, recorded_by)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6)`,
    [institutionId, caseId, note.kind, canonicalJson(note.content), note.at, note.by],
  );
}

export async function closeCase(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update loss_case set closed_at = to_timestamp($3::float8 / 1000) where institution_id = $1 and id = $2`,
    [institutionId, caseId, at],
  );
}
