import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { PaperEntry, PaperKind } from '../domain/paper-entry.js';

interface PaperRow {
  readonly id: string;
  readonly kind: PaperKind;
  readonly holder_id: string;
  readonly form_reference: string;
  readonly received_at: Instant;
  readonly seal_checked_by: string;
  readonly seal_checked_at: Instant;
  readonly seal_matched: boolean;
  readonly recorded_by: string;
  readonly recorded_at: Instant;
}

/** The same form is one entry: told again, the first one stands and is returned. */
export async function insertPaper(
  tx: Transaction,
  institutionId: number,
  entry: PaperEntry,
): Promise<PaperEntry> {
  const { sealCheck } = entry;
  await tx.query(
    `insert into paper_entry (institution_id, id, kind, holder_id, form_reference, received_at, seal_checked_by,
       seal_checked_at, seal_matched, recorded_by, recorded_at)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), $7, to_timestamp($8::float8 / 1000), $9, $10,
       to_timestamp($11::float8 / 1000))
     on conflict (institution_id, kind, form_reference) do nothing`,
    [
      institutionId,
      entry.id,
      entry.kind,
      entry.holderId,
      entry.formReference,
      entry.receivedAt,
      sealCheck.by,
      sealCheck.at,
      sealCheck.matched,
      entry.recordedBy,
      entry.recordedAt,
    ],
  );
  const [row] = await tx.query<PaperRow>(
    'select * from paper_entry where institution_id = $1 and kind = $2 and form_reference = $3',
    [institutionId, entry.kind, entry.formReference],
  );
  return row ? entryOf(row) : entry;
}

export async function paperById(
  tx: Transaction,
  institutionId: number,
  id: string,
): Promise<PaperEntry | undefined> {
  const [row] = await tx.query<PaperRow>(
    'select * from paper_entry where institution_id = $1 and id = $2',
    [institutionId, id],
  );
  return row && entryOf(row);
}

const entryOf = (row: PaperRow): PaperEntry => ({
  id: row.id,
  kind: row.kind,
  holderId: row.holder_id,
  formReference: row.form_reference,
  receivedAt: row.received_at,
  sealCheck: { by: row.seal_checked_by, at: row.seal_checked_at, matched: row.seal_matched },
  recordedBy: row.recorded_by,
  recordedAt: row.recorded_at,
});
