import type { LossCategory } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Database, Transaction } from '#libs/platform';
import type { CaseLine, CaseQuery, StoredPage } from '../domain/case-page.js';
import type { CaseName } from './case.store.pg.js';

/** Cases of fraud that were reported since then, by the intermediary that they name. */
export async function countFrauds(
  tx: Transaction,
  institutionId: number,
  since: Instant,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ epsp_id: string; count: number }>(
    `select epsp_id, count(*)::int as count from loss_case
     where institution_id = $1 and category = 'fraud' and epsp_id <> ''
       and reported_at >= to_timestamp($2::float8 / 1000)
     group by epsp_id`,
    [institutionId, since],
  );
  return new Map(rows.map(({ epsp_id, count }) => [epsp_id, count]));
}

/** Cases with an intermediary, or with nobody yet, that name one of these words; when each was closed, if it was. */
export async function casesNaming(
  tx: Transaction,
  epspId: string,
  words: readonly string[],
): Promise<{ readonly caseId: string; readonly closedAt: Instant | undefined }[]> {
  const rows = await tx.query<{ id: string; closed_at: Instant | null }>(
    `select c.id, c.closed_at from loss_case c
     where c.institution_id = renkei_institution() and c.epsp_id in ($1, '') and exists (
       select from (
         select e.event as said from case_event e
           where (e.institution_id, e.case_id) = (c.institution_id, c.id)
         union all select n.content from case_note n
           where (n.institution_id, n.case_id) = (c.institution_id, c.id)
         union all select f.facts from case_facts f
           where (f.institution_id, f.case_id) = (c.institution_id, c.id)
       ) told, unnest($2::text[]) w where position(w in told.said) > 0)`,
    [epspId, [...words]],
  );
  return rows.map(({ id, closed_at }) => ({ caseId: id, closedAt: closed_at ?? undefined }));
}

/** Newest first; `before` is the id of the last line of the page before. */
export async function listCases(
  tx: Transaction,
  institutionId: number,
  { before, epspId, limit }: CaseQuery,
): Promise<CaseLine[]> {
  const rows = await tx.query<Record<string, never>>(
    `select ${LINE} from loss_case where institution_id = $1 and id < coalesce($2, 'case~')
       and ($4::text is null or epsp_id = $4)
     order by id desc limit $3`,
    [institutionId, before ?? null, limit, epspId ?? null],
  );
  return rows.map(lineOf);
}

/** As `listCases`, one holder's alone. */
export async function casesOfHolder(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<CaseLine[]> {
  const rows = await tx.query<Record<string, never>>(
    `select ${LINE} from loss_case
     where institution_id = $1 and holder_id = $2 and id < coalesce($3, 'case~')
     order by id desc limit $4`,
    [institutionId, holderId, before ?? null, limit],
  );
  return rows.map(lineOf);
}

const LINE = `id, category, epsp_id, loss::text, (paid_epsp + paid_fi)::text as paid, reported_at,
  cause_status, cause_due_at, closed_at`;

const lineOf = (row: Record<string, never>): CaseLine => ({
  caseId: row['id'] as unknown as string,
  category: row['category'] as unknown as LossCategory,
  epspId: (row['epsp_id'] as unknown as string) || undefined,
  lossYen: row['loss'] as unknown as string,
  paidYen: row['paid'] as unknown as string,
  reportedAt: row['reported_at'] as unknown as Instant,
  causeStatus: row['cause_status'] as unknown as string,
  causeDueAt: (row['cause_due_at'] as unknown as Instant | null) ?? undefined,
  closedAt: (row['closed_at'] as unknown as Instant | null) ?? undefined,
});

/** The whole page of a case in one round trip to the database, outside any transaction of ours. */
export async function readPage(
  database: Database,
  institutionId: number,
  caseId: string,
): Promise<StoredPage | undefined> {
  const { rows } = await database.pool.query<{ page: StoredPage | null }>(
    'select case_page($1::smallint, $2) as page',
    [institutionId, caseId],
  );
  return rows[0]?.page ?? undefined;
}

/** At which institution an intermediary's case is, in one round trip; undefined for another's, as for none (T-20). */
export async function placeOfOwnCase(
  database: Database,
  epspId: string,
  caseId: string,
): Promise<CaseName | undefined> {
  const { rows } = await database.pool.query<{ place: number | null }>(
    'select own_case_place($1, $2) as place',
    [epspId, caseId],
  );
  const place = rows[0]?.place ?? undefined;
  return place === undefined ? undefined : { institutionId: place, caseId };
}

/** As `listCases`, one intermediary's at every institution, in one round trip. */
export async function listOwnCases(
  database: Database,
  epspId: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<{ institutionId: number; line: CaseLine }[]> {
  const { rows } = await database.pool.query<Record<string, never>>(
    `select institution_id, ${LINE} from own_cases($1, $2, $3) order by id desc limit $3`,
    [epspId, before ?? null, limit],
  );
  return rows.map((row) => ({
    institutionId: row['institution_id'] as unknown as number,
    line: lineOf(row),
  }));
}
