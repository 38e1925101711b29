import type { PartnerLegalBasis } from '#libs/contracts';
import type { CivilDate } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { FiledPartner } from '../domain/filed-partner.js';
import type { FiledDocument, PartnerAct, PartnerActKind, ToldAt } from '../domain/partner-act.js';
import { partnerOf, type PartnerRow } from './agreement.store.pg.js';

interface FiledPartnerRow extends PartnerRow {
  readonly purpose: string;
  readonly method: string;
  readonly services: string[];
  readonly legal_basis_kind: PartnerLegalBasis | null;
  readonly stands_before_epsp: boolean | null;
  readonly contract_document: FiledDocument | null;
  readonly version: number;
}

interface ActRow {
  readonly id: string;
  readonly partner_id: string;
  readonly kind: PartnerActKind;
  readonly about: string | null;
  readonly text: string;
  readonly instruction: string | null;
  readonly due_ms: string | null;
  readonly documents: FiledDocument[];
  readonly told: ToldAt[];
  readonly at_ms: string;
}

const MS = (column: string) => `floor(extract(epoch from ${column}) * 1000)::bigint`;
const ACT = `id, partner_id, kind, about, text, instruction, ${MS('due_at')} as due_ms, documents, told,
  ${MS('at')} as at_ms`;

export interface PartnerFilter {
  readonly epspId?: string | undefined;
  readonly status?: string | undefined;
  /** The last id that was seen. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Partners with their contracts: of one intermediary, or of all; in the order of their ids. */
export async function filedPartners(
  tx: Transaction,
  filter: PartnerFilter,
): Promise<FiledPartner[]> {
  const rows = await tx.query<FiledPartnerRow>(
    `select * from federation.chain_partner
     where ($1::text is null or intermediary_id = $1) and ($2::text is null or status = $2)
       and ($3::text is null or id > $3)
     order by id limit $4`,
    [filter.epspId ?? null, filter.status ?? null, filter.after ?? null, filter.limit],
  );
  return rows.map(filedOf);
}

export async function filedPartner(tx: Transaction, id: string): Promise<FiledPartner | undefined> {
  const [row] = await tx.query<FiledPartnerRow>(
    'select * from federation.chain_partner where id = $1',
    [id],
  );
  return row && filedOf(row);
}

/** Everything that was entered of a partner, in its order. */
export const actsOf = async (tx: Transaction, partnerId: string): Promise<PartnerAct[]> =>
  (await actsOfAll(tx, [partnerId])).get(partnerId) ?? [];

/** The same of many partners at once. */
export async function actsOfAll(
  tx: Transaction,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, PartnerAct[]>> {
  const rows = await tx.query<ActRow>(
    `select ${ACT} from federation.partner_act where partner_id = any($1) order by at, id`,
    [partnerIds],
  );
  return Map.groupBy(rows.map(actOf), ({ partnerId }) => partnerId);
}

export async function insertAct(tx: Transaction, act: PartnerAct, clientId: string): Promise<void> {
  await tx.query(
    `insert into federation.partner_act (id, partner_id, kind, about, text, instruction, due_at,
       documents, told, client_id, at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), $8, $9, $10,
       to_timestamp($11::float8 / 1000))`,
    [
      act.id,
      act.partnerId,
      act.kind,
      act.about ?? null,
      act.text,
      act.instruction ?? null,
      act.dueAt ?? null,
      JSON.stringify(act.documents),
      JSON.stringify(act.told),
      clientId,
      act.at,
    ],
  );
}

const filedOf = (row: FiledPartnerRow): FiledPartner => ({
  ...partnerOf(row),
  version: row.version,
  terms: {
    purpose: row.purpose,
    method: row.method,
    services: row.services,
    legalBasisKind: row.legal_basis_kind ?? undefined,
    standsBeforeEpsp: row.stands_before_epsp ?? undefined,
    contractDocument: row.contract_document ?? undefined,
  },
});

const actOf = (row: ActRow): PartnerAct => ({
  id: row.id,
  partnerId: row.partner_id,
  kind: row.kind,
  about: row.about ?? undefined,
  text: row.text,
  instruction: row.instruction ?? undefined,
  dueAt: row.due_ms === null ? undefined : Number(row.due_ms),
  documents: row.documents,
  told: row.told,
  at: Number(row.at_ms),
});

export async function writeContract(
  tx: Transaction,
  partnerId: string,
  proposalId: string,
): Promise<void> {
  await tx.query(
    `update federation.chain_partner set status = 'contracted', proposal_id = $2 where id = $1`,
    [partnerId, proposalId],
  );
}

export async function writeContractEnd(
  tx: Transaction,
  partnerId: string,
  lastDay: CivilDate,
  proposalId: string,
): Promise<void> {
  await tx.query(
    'update federation.chain_partner set contract_to = $2, ended_by = $3 where id = $1',
    [partnerId, lastDay.toString(), proposalId],
  );
}

/** Partners whose contract was over between two days, for whoever has to be told. */
export async function partnersEnded(
  tx: Transaction,
  from: CivilDate,
  to: CivilDate,
): Promise<FiledPartner[]> {
  const rows = await tx.query<FiledPartnerRow>(
    `select * from federation.chain_partner
     where status in ('contracted', 'stopped') and contract_to between $1::date and $2::date
     order by id`,
    [from.toString(), to.toString()],
  );
  return rows.map(filedOf);
}

/** Partners of an intermediary whose contract, or something filed of them, is the file with this hash. */
export async function partnersWithDocument(
  tx: Transaction,
  epspId: string,
  sha256: string,
): Promise<{ readonly partner: FiledPartner; readonly lastFiledAt: number | undefined }[]> {
  const rows = await tx.query<FiledPartnerRow & { readonly filed_ms: string | null }>(
    `select p.*, a.filed_ms from federation.chain_partner p
     cross join lateral (
       select ${MS('max(at)')} as filed_ms from federation.partner_act
       where partner_id = p.id and documents @> jsonb_build_array(jsonb_build_object('sha256', $2::text))
     ) a
     where p.intermediary_id = $1
       and (a.filed_ms is not null or p.contract_document ->> 'sha256' = $2)`,
    [epspId, `sha256:${sha256}`],
  );
  return rows.map((row) => ({
    partner: filedOf(row),
    lastFiledAt: row.filed_ms === null ? undefined : Number(row.filed_ms),
  }));
}
