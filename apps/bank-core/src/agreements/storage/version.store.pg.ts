import { CivilDate, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { AgreementFile, CoverageAct, CoverageSpan } from '../domain/agreement-file.js';
import type { NoticeSection } from '../domain/published-notice.js';

interface VersionRow {
  readonly id: string;
  readonly intermediary_id: string;
  readonly version: number;
  readonly effective_from: string;
  readonly effective_to: string | null;
  readonly party_institution_id: number | null;
  readonly supersedes: string | null;
  readonly published: NoticeSection[] | null;
  readonly document_id: string | null;
}

interface SpanRow {
  readonly agreement_id: string;
  readonly institution_id: number;
  readonly covered_from: string;
  readonly covered_to: string | null;
}

interface ActRow {
  readonly institution_id: number;
  readonly act: 'join' | 'leave';
  readonly effective_on: string;
  readonly reason: string;
  readonly proposal_id: string;
  readonly at_ms: string;
}

/** An act as it is kept, with the proposal of two people behind it. */
export interface KeptCoverageAct extends CoverageAct {
  readonly proposalId: string;
  readonly at: Instant;
}

/** Every version of one intermediary, or of all, with whom it covers, in the order of their numbers. */
export async function agreementFiles(tx: Transaction, epspId?: string): Promise<AgreementFile[]> {
  const rows = await tx.query<VersionRow>(
    `select id, intermediary_id, version, effective_from, effective_to, party_institution_id,
       supersedes, published, document_id
     from federation.agreement where $1::text is null or intermediary_id = $1
     order by intermediary_id, version`,
    [epspId ?? null],
  );
  const spans = await tx.query<SpanRow>(
    `select agreement_id, institution_id, covered_from, covered_to
     from federation.agreement_institution where agreement_id = any($1)
     order by agreement_id, institution_id`,
    [rows.map(({ id }) => id)],
  );
  const byAgreement = Map.groupBy(spans, (span) => span.agreement_id);
  return rows.map((row) => fileOf(row, byAgreement.get(row.id) ?? []));
}

export async function agreementFile(
  tx: Transaction,
  id: string,
): Promise<AgreementFile | undefined> {
  const [row] = await tx.query<{ intermediary_id: string }>(
    'select intermediary_id from federation.agreement where id = $1',
    [id],
  );
  if (!row) return undefined;
  return (await agreementFiles(tx, row.intermediary_id)).find((file) => file.id === id);
}

/** Whoever changes an intermediary's agreements waits here for the others. */
export async function lockAgreements(tx: Transaction, epspId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`agreements/${epspId}`]);
}

export async function insertVersion(
  tx: Transaction,
  file: Omit<AgreementFile, 'version' | 'coverage'>,
  proposalId: string,
): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `insert into federation.agreement (id, intermediary_id, version, effective_from, effective_to,
       party_institution_id, supersedes, published, document_id, proposal_id)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8, $9
     from federation.agreement where intermediary_id = $2
     returning version`,
    [
      file.id,
      file.intermediaryId,
      file.effectiveFrom.toString(),
      file.effectiveTo?.toString() ?? null,
      file.partyId ?? null,
      file.supersedes ?? null,
      file.published ? JSON.stringify(file.published) : null,
      file.documentId ?? null,
      proposalId,
    ],
  );
  return row?.version ?? 0;
}

export async function writeJoin(
  tx: Transaction,
  agreementId: string,
  span: CoverageSpan,
): Promise<void> {
  await tx.query(
    `insert into federation.agreement_institution (agreement_id, institution_id, covered_from, covered_to)
     values ($1, $2, $3, $4)
     on conflict (agreement_id, institution_id) do update
       set covered_from = excluded.covered_from, covered_to = excluded.covered_to`,
    [agreementId, span.institutionId, span.from.toString(), span.to?.toString() ?? null],
  );
}

/** Ends an institution's coverage by every version of the intermediary; what had ended earlier stays. */
export async function writeLeave(
  tx: Transaction,
  epspId: string,
  { institutionId, to }: CoverageSpan,
): Promise<void> {
  await tx.query(
    `update federation.agreement_institution c set covered_to = $3::date
     from federation.agreement a
     where a.id = c.agreement_id and a.intermediary_id = $1 and c.institution_id = $2
       and (c.covered_to is null or c.covered_to > $3::date)`,
    [epspId, institutionId, to?.toString() ?? null],
  );
}

export async function writeEnd(
  tx: Transaction,
  agreementId: string,
  lastDay: CivilDate,
  proposalId: string,
): Promise<void> {
  await tx.query('update federation.agreement set effective_to = $2, ended_by = $3 where id = $1', [
    agreementId,
    lastDay.toString(),
    proposalId,
  ]);
}

export async function insertCoverageAct(
  tx: Transaction,
  of: { readonly epspId: string; readonly agreementId: string },
  act: KeptCoverageAct,
): Promise<void> {
  await tx.query(
    `insert into federation.coverage_act (intermediary_id, agreement_id, institution_id, act,
       effective_on, reason, proposal_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000))`,
    [
      of.epspId,
      of.agreementId,
      act.institutionId,
      act.act,
      act.effectiveOn.toString(),
      act.reason,
      act.proposalId,
      act.at,
    ],
  );
}

/** What institutions decided about a version, in the order in which it was agreed. */
export async function coverageActsOf(
  tx: Transaction,
  agreementId: string,
): Promise<KeptCoverageAct[]> {
  const rows = await tx.query<ActRow>(
    `select institution_id, act, effective_on, reason, proposal_id,
       floor(extract(epoch from at) * 1000)::bigint as at_ms
     from federation.coverage_act where agreement_id = $1 order by id`,
    [agreementId],
  );
  return rows.map((row) => ({
    institutionId: row.institution_id,
    act: row.act,
    effectiveOn: CivilDate.from(row.effective_on),
    reason: row.reason,
    proposalId: row.proposal_id,
    at: Number(row.at_ms),
  }));
}

const dateOf = (text: string | null): CivilDate | undefined =>
  text === null ? undefined : CivilDate.from(text);

const fileOf = (row: VersionRow, spans: readonly SpanRow[]): AgreementFile => ({
  id: row.id,
  intermediaryId: row.intermediary_id,
  version: row.version,
  effectiveFrom: CivilDate.from(row.effective_from),
  effectiveTo: dateOf(row.effective_to),
  partyId: row.party_institution_id ?? undefined,
  supersedes: row.supersedes ?? undefined,
  published: row.published ?? undefined,
  documentId: row.document_id ?? undefined,
  coverage: spans.map((span) => ({
    institutionId: span.institution_id,
    from: CivilDate.from(span.covered_from),
    to: dateOf(span.covered_to),
  })),
});
