import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { LedgerRefusal } from '../../accounts/index.js';
import type { InterbankMessage, ReturnReason } from '../domain/interbank.ports.js';

/** The columns of a message. */
export const MESSAGE = `institution_id, id, transfer_id, creditor_bank, creditor_branch, creditor_type,
  creditor_number, creditor_name, payer_name, amount, edi_text`;

export interface OutboxRow {
  readonly institution_id: number;
  readonly id: bigint;
  readonly transfer_id: string;
  readonly creditor_bank: string;
  readonly creditor_branch: string;
  readonly creditor_type: string;
  readonly creditor_number: string;
  readonly creditor_name: string;
  readonly payer_name: string;
  readonly amount: bigint;
  readonly edi_text: string | null;
}

/** The next due message, locked so that no other relay takes it; undefined when nothing is due. */
export async function nextDue(
  tx: Transaction,
  institutionId: number,
): Promise<InterbankMessage | undefined> {
  const rows = await tx.query<OutboxRow>(
    `select ${MESSAGE} from clearing_outbox
     where institution_id = $1 and state = 'waiting' and due_at <= renkei_now()
     order by due_at, id limit 1 for update skip locked`,
    [institutionId],
  );
  return rows[0] && messageOf(rows[0]);
}

export const messageOf = (row: OutboxRow): InterbankMessage => ({
  institutionId: row.institution_id,
  outboxId: row.id,
  transferId: row.transfer_id,
  creditorBank: row.creditor_bank,
  creditorBranch: row.creditor_branch,
  creditorType: row.creditor_type,
  creditorNumber: row.creditor_number,
  creditorName: row.creditor_name,
  payerName: row.payer_name,
  amountYen: row.amount,
  ediText: row.edi_text,
});

/** What a message has come to; `blockedBy` is the ledger's word where returned money waits for a person. */
export interface Settled {
  readonly state: 'accepted' | 'returned' | 'return_blocked';
  readonly reason?: ReturnReason;
  readonly blockedBy?: LedgerRefusal;
  readonly at: Instant;
}

export async function settle(
  tx: Transaction,
  message: Pick<InterbankMessage, 'institutionId' | 'outboxId'>,
  { state, reason, blockedBy, at }: Settled,
): Promise<void> {
  await tx.query(
    `update clearing_outbox set state = $3, reason = $4, blocked_by = $5, attempts = attempts + 1,
       settled_at = to_timestamp($6::float8 / 1000)
     where institution_id = $1 and id = $2`,
    [message.institutionId, message.outboxId, state, reason ?? null, blockedBy ?? null, at],
  );
}

/** After a failed attempt: again later, each time later, at most every ten minutes. */
export async function postpone(
  tx: Transaction,
  message: Pick<InterbankMessage, 'institutionId' | 'outboxId'>,
): Promise<void> {
  await tx.query(
    `update clearing_outbox set attempts = attempts + 1,
       due_at = renkei_now() + least(600, power(2, least(attempts, 10))) * interval '1 second'
     where institution_id = $1 and id = $2 and state = 'waiting'`,
    [message.institutionId, message.outboxId],
  );
}
