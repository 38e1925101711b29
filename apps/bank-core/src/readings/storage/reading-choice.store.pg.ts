import type { ReadingChoice, ReadingId } from '#libs/contracts';
import { CivilDate, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

interface ChoiceRow {
  readonly entry: ReadingId;
  readonly version: number;
  readonly reading: string;
  readonly effective_from: string;
  readonly chosen_by: string;
  readonly approved_by: string;
  readonly status: ReadingChoice['status'];
  readonly legal_source: string | null;
}

/** Institutions are named by their code, as the library's book knows them. */
export async function choicesOf(
  tx: Transaction,
  institutionId: number,
  bankCode: string,
): Promise<ReadingChoice[]> {
  const rows = await tx.query<ChoiceRow>(
    `select entry, version, reading, effective_from, chosen_by, approved_by, status, legal_source
     from reading_choice where institution_id = $1 order by entry, version`,
    [institutionId],
  );
  return rows.map((row) => ({
    entry: row.entry,
    reading: row.reading,
    institution: bankCode,
    version: row.version,
    effectiveFrom: CivilDate.from(row.effective_from),
    chosenBy: row.chosen_by,
    approvedBy: row.approved_by,
    status: row.status,
    ...(row.legal_source !== null && { legalSource: row.legal_source }),
  }));
}

/** Stores the next version; undefined where another choice has been made for that day already. */
export async function insertChoice(
  tx: Transaction,
  institutionId: number,
  choice: Omit<ReadingChoice, 'institution' | 'version'> & { readonly proposalId: string },
  at: Instant,
): Promise<number | undefined> {
  const [row] = await tx.query<{ version: number }>(
    `insert into reading_choice (institution_id, entry, version, reading, effective_from, chosen_by, approved_by,
       status, legal_source, proposal_id, recorded_at)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000)
     from reading_choice where institution_id = $1 and entry = $2
     on conflict do nothing returning version`,
    [
      institutionId,
      choice.entry,
      choice.reading,
      choice.effectiveFrom.toString(),
      choice.chosenBy,
      choice.approvedBy,
      choice.status,
      choice.legalSource ?? null,
      choice.proposalId,
      at,
    ],
  );
  return row?.version;
}
