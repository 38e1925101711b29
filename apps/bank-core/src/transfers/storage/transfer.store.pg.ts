import { assert, CivilDate, type Instant, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { AccountType } from '../../accounts/index.js';
import type {
  Aftercare,
  Transfer,
  TransferId,
  TransferKind,
  TransferStatus,
} from '../domain/transfer.js';

interface TransferRow {
  readonly institution_id: number;
  readonly id: TransferId;
  readonly client_id: string;
  readonly epsp_id: string;
  readonly chain_partner_id: string;
  readonly instruction_id: string;
  readonly content_hash: string;
  readonly debit_branch: string | null;
  readonly debit_type: AccountType | null;
  readonly debit_number: string | null;
  readonly creditor_bank: string;
  readonly creditor_branch: string;
  readonly creditor_type: AccountType;
  readonly creditor_number: string;
  readonly creditor_name: string;
  readonly amount: Yen;
  readonly requested_on: string | null;
  readonly edi_text: string | null;
  readonly status: TransferStatus;
  readonly status_reason: string | null;
  readonly aftercare: Aftercare | null;
  readonly received_at: Instant;
  readonly expires_at: Instant;
  readonly holder_id: string | null;
  readonly kind: TransferKind | null;
  readonly fee: Yen | null;
  readonly designated_on: string | null;
  readonly confirmed_hash: string | null;
  readonly confirmed_at: Instant | null;
  readonly formed_at: Instant | null;
}

const AT = (n: number) => `to_timestamp($${n}::float8 / 1000)`;

export async function byId(
  tx: Transaction,
  institutionId: number,
  transferId: string,
): Promise<Transfer | undefined> {
  const rows = await tx.query<TransferRow>(
    'select * from transfer where institution_id = $1 and id = $2',
    [institutionId, transferId],
  );
  return rows[0] && transferOf(rows[0]);
}

export async function byInstructionId(
  tx: Transaction,
  institutionId: number,
  clientId: string,
  instructionId: string,
): Promise<Transfer | undefined> {
  const rows = await tx.query<TransferRow>(
    'select * from transfer where institution_id = $1 and client_id = $2 and instruction_id = $3',
    [institutionId, clientId, instructionId],
  );
  return rows[0] && transferOf(rows[0]);
}

/** Inserts a draft, or does nothing where the instruction id is taken: then the row that stands decides. */
export async function insertDraft(
  tx: Transaction,
  draft: Pick<
    Transfer,
    | 'institutionId'
    | 'transferId'
    | 'clientId'
    | 'epspId'
    | 'chainPartnerId'
    | 'instructionId'
    | 'contentHash'
    | 'debitAccount'
    | 'creditor'
    | 'amountYen'
    | 'requestedOn'
    | 'ediText'
    | 'receivedAt'
    | 'expiresAt'
  >,
): Promise<boolean> {
  const { debitAccount, creditor } = draft;
  const rows = await tx.query(
    `insert into transfer (institution_id, id, client_id, epsp_id, chain_partner_id, instruction_id,
       content_hash, debit_branch, debit_type, debit_number, creditor_bank, creditor_branch,
       creditor_type, creditor_number, creditor_name, amount, requested_on, edi_text, status,
       received_at, expires_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'RCVD',
       ${AT(19)}, ${AT(20)}, ${AT(19)})
     on conflict (institution_id, client_id, instruction_id) do nothing
     returning id`,
    [
      draft.institutionId,
      draft.transferId,
      draft.clientId,
      draft.epspId,
      draft.chainPartnerId,
      draft.instructionId,
      draft.contentHash,
      debitAccount?.branchCode ?? null,
      debitAccount?.accountType ?? null,
      debitAccount?.accountNumber ?? null,
      creditor.bankCode,
      creditor.branchCode,
      creditor.accountType,
      creditor.accountNumber,
      creditor.nameKana,
      draft.amountYen,
      draft.requestedOn?.toString() ?? null,
      draft.ediText,
      draft.receivedAt,
      draft.expiresAt,
    ],
  );
  return rows.length === 1;
}

/** RCVD → ACTC at the first opening of the page, which starts the time to confirm; later openings change nothing. */
export async function markOffered(
  tx: Transaction,
  institutionId: number,
  transferId: string,
  holderId: string,
  at: Instant,
  expiresAt: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `update transfer set status = 'ACTC', holder_id = $3, offered_at = ${AT(4)},
       expires_at = ${AT(5)}, changed_at = ${AT(4)}
     where institution_id = $1 and id = $2 and status = 'RCVD' returning id`,
    [institutionId, transferId, holderId, at, expiresAt],
  );
  return rows.length === 1;
}

/** Ends a draft; false where it was no draft any more, so that only one of two enders acts. */
export async function endDraft(
  tx: Transaction,
  institutionId: number,
  transferId: string,
  status: 'CANC' | 'EXPD' | 'RJCT',
  reason: string,
  at: Instant,
): Promise<boolean> {
  const rows = await tx.query(
    `update transfer set status = $3, status_reason = $4, changed_at = ${AT(5)}
     where institution_id = $1 and id = $2 and status in ('RCVD', 'ACTC') returning id`,
    [institutionId, transferId, status, reason, at],
  );
  return rows.length === 1;
}

/** Drafts whose time has passed, at most `limit`, locked so that two sweepers share the work. */
export async function overdueDrafts(
  tx: Transaction,
  institutionId: number,
  at: Instant,
  limit: number,
): Promise<Transfer[]> {
  const rows = await tx.query<TransferRow>(
    `select * from transfer
     where institution_id = $1 and status in ('RCVD', 'ACTC') and expires_at <= ${AT(2)}
     order by expires_at limit $3 for update skip locked`,
    [institutionId, at, limit],
  );
  return rows.map(transferOf);
}

/** What became of a formed transfer at the other side; money that came back and waited is given back later, once. */
export async function markSettled(
  tx: Transaction,
  institutionId: number,
  transferId: string,
  { reason, aftercare }: { readonly reason: string | null; readonly aftercare: Aftercare | null },
  at: Instant,
): Promise<void> {
  const rows = await tx.query(
    `update transfer set status = 'ACSC', status_reason = $3, changed_at = ${AT(4)},
       aftercare = $5
     where institution_id = $1 and id = $2
       and (status = 'ACSP' or aftercare = 'return_pending' and $5 = 'returned') returning id`,
    [institutionId, transferId, reason, at, aftercare],
  );
  assert(rows.length === 1, `Transfer ${transferId} was settled but was not on its way.`);
}

const dateOf = (text: string | null): CivilDate | null =>
  text === null ? null : CivilDate.from(text);

function transferOf(row: TransferRow): Transfer {
  return {
    institutionId: row.institution_id,
    transferId: row.id,
    clientId: row.client_id,
    epspId: row.epsp_id,
    chainPartnerId: row.chain_partner_id,
    instructionId: row.instruction_id,
    contentHash: row.content_hash,
    debitAccount:
      row.debit_branch !== null && row.debit_type !== null && row.debit_number !== null
        ? {
            branchCode: row.debit_branch,
            accountType: row.debit_type,
            accountNumber: row.debit_number,
          }
        : null,
    creditor: {
      bankCode: row.creditor_bank,
      branchCode: row.creditor_branch,
      accountType: row.creditor_type,
      accountNumber: row.creditor_number,
      nameKana: row.creditor_name,
    },
    amountYen: row.amount,
    requestedOn: dateOf(row.requested_on),
    ediText: row.edi_text,
    status: row.status,
    statusReason: row.status_reason,
    aftercare: row.aftercare,
    kind: row.kind,
    feeYen: row.fee,
    designatedOn: dateOf(row.designated_on),
    holderId: row.holder_id,
    receivedAt: row.received_at,
    expiresAt: row.expires_at,
    confirmedAt: row.confirmed_at,
    confirmedHash: row.confirmed_hash,
    formedAt: row.formed_at,
  };
}
