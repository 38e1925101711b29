import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { FiledPartner } from '../domain/filed-partner.js';
import type { ChainPartner, IntermediaryDesk } from '../domain/intermediary.js';

interface DeskRow {
  readonly notice_mail: string | null;
  readonly notice_phone: string | null;
  readonly version: number;
}

export async function deskOf(tx: Transaction, epspId: string): Promise<IntermediaryDesk> {
  const [row] = await tx.query<DeskRow>(
    `select notice_mail, notice_phone, version from federation.intermediary_desk
     where intermediary_id = $1`,
    [epspId],
  );
  return row
    ? { noticeMail: row.notice_mail, noticePhone: row.notice_phone, version: row.version }
    : { noticeMail: null, noticePhone: null, version: 0 };
}

/** Writes the next version over the one that was read; false where that one is no longer the newest. */
export async function writeDesk(
  tx: Transaction,
  epspId: string,
  { noticeMail, noticePhone, version }: IntermediaryDesk,
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into federation.intermediary_desk as d
       (intermediary_id, notice_mail, notice_phone, version, changed_at)
     select $1, $2, $3, 1, to_timestamp($5::float8 / 1000) where $4 = 0
       or exists (select from federation.intermediary_desk where intermediary_id = $1)
     on conflict (intermediary_id) do update
       set notice_mail = excluded.notice_mail, notice_phone = excluded.notice_phone,
           version = d.version + 1, changed_at = excluded.changed_at
       where d.version = $4
     returning 1`,
    [epspId, noticeMail, noticePhone, version, at],
  );
  return rows.length === 1;
}

export async function countOpen(tx: Transaction, epspId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int as n from federation.chain_partner
     where intermediary_id = $1 and status = 'proposed'`,
    [epspId],
  );
  return row?.n ?? 0;
}

export async function insertProposal(
  tx: Transaction,
  partner: Omit<FiledPartner, 'status' | 'version'>,
): Promise<void> {
  await tx.query(
    `insert into federation.chain_partner (id, intermediary_id, name_ja, name_kana, name_en,
       legal_basis, contract_from, contract_to, directions, functions, status,
       purpose, method, services, legal_basis_kind, stands_before_epsp, contract_document)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'proposed', $11, $12, $13, $14, $15, $16)`,
    [partner.id, partner.intermediaryId, ...filedValues(partner)],
  );
}

/** The proposal's next version in place of the one that was read under its lock. */
export async function writeProposal(tx: Transaction, partner: FiledPartner): Promise<void> {
  await tx.query(
    `update federation.chain_partner set version = $2, name_ja = $3, name_kana = $4, name_en = $5,
       legal_basis = $6, contract_from = $7, contract_to = $8, directions = $9, functions = $10,
       purpose = $11, method = $12, services = $13, legal_basis_kind = $14,
       stands_before_epsp = $15, contract_document = $16
     where id = $1`,
    [partner.id, partner.version, ...filedValues(partner)],
  );
}

const filedValues = ({ terms, ...partner }: Omit<FiledPartner, 'status' | 'version'>) => [
  partner.nameJa,
  partner.nameKana,
  partner.nameEn,
  partner.legalBasis,
  partner.contractFrom.toString(),
  partner.contractTo?.toString() ?? null,
  partner.directions,
  partner.functions,
  terms.purpose,
  terms.method,
  terms.services,
  terms.legalBasisKind ?? null,
  terms.standsBeforeEpsp ?? null,
  terms.contractDocument ? JSON.stringify(terms.contractDocument) : null,
];

/** The status of the intermediary's own partner, locked; a foreign one is as unknown as none (T-14). */
export async function lockStatus(
  tx: Transaction,
  epspId: string,
  partnerId: string,
): Promise<ChainPartner['status'] | undefined> {
  const [row] = await tx.query<{ status: ChainPartner['status'] }>(
    `select status from federation.chain_partner
     where id = $1 and intermediary_id = $2 for no key update`,
    [partnerId, epspId],
  );
  return row?.status;
}

export async function writeStatus(
  tx: Transaction,
  partnerId: string,
  status: ChainPartner['status'],
): Promise<void> {
  await tx.query('update federation.chain_partner set status = $2 where id = $1', [
    partnerId,
    status,
  ]);
}
