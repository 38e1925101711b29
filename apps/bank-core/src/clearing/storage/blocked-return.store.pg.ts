import { assert, type Instant, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { LedgerRefusal } from '../../accounts/index.js';
import type { BlockedReturn } from '../domain/blocked-return.js';
import type { InterbankMessage, ReturnReason } from '../domain/interbank.ports.js';
import { MESSAGE, messageOf, type OutboxRow } from './outbox.store.pg.js';

interface BlockedRow {
  readonly transfer_id: string;
  readonly amount: Yen;
  readonly reason: ReturnReason;
  readonly blocked_by: LedgerRefusal;
  readonly settled_at: Instant;
  readonly public_id: string;
  readonly branch_code: string;
  readonly account_type: string;
  readonly account_number: string;
  readonly closed: boolean;
  readonly credit_stopped: boolean;
}

/** Returns that wait for a person, the oldest transfer first; `after` is the last one of the page before. */
export async function blockedReturns(
  tx: Transaction,
  institutionId: number,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<BlockedReturn[]> {
  const rows = await tx.query<BlockedRow>(
    `select o.transfer_id, o.amount, o.reason, o.blocked_by, o.settled_at, d.public_id, d.branch_code,
            d.account_type, d.account_number, a.closed, a.credit_stopped
     from clearing_outbox o
     join posting p on p.institution_id = o.institution_id and p.key = ledger_key(o.transfer_id)
       and p.line = 1 and p.status = 'posted'
     join account a on a.institution_id = p.institution_id and a.id = p.debit_account
     join account_detail d on d.institution_id = a.institution_id and d.account_id = a.id
     where o.institution_id = $1 and o.state = 'return_blocked'
       and o.id > coalesce((select l.id from clearing_outbox l
                            where l.institution_id = $1 and l.transfer_id = $2), 0)
     order by o.id limit $3`,
    [institutionId, after ?? null, limit],
  );
  return rows.map((row) => ({
    transferId: row.transfer_id,
    amountYen: row.amount,
    reason: row.reason,
    blockedBy: row.blocked_by,
    returnedAt: row.settled_at,
    debitAccount: {
      accountId: row.public_id,
      branchCode: row.branch_code,
      accountType: row.account_type,
      accountNumber: row.account_number,
      closed: row.closed,
      takesCredits: !row.closed && !row.credit_stopped,
    },
  }));
}

/** What the other side answered for a transfer that was sent, as it stands in the outbox. */
export interface SentMessage {
  readonly message: InterbankMessage;
  readonly state: 'waiting' | 'accepted' | 'returned' | 'return_blocked';
  readonly reason: ReturnReason | null;
}

/** Locked, so that of two who want to bring its money back the second finds it done. */
export async function lockSent(
  tx: Transaction,
  institutionId: number,
  transferId: string,
): Promise<SentMessage | undefined> {
  const rows = await tx.query<OutboxRow & Omit<SentMessage, 'message'>>(
    `select ${MESSAGE}, state, reason from clearing_outbox
     where institution_id = $1 and transfer_id = $2 for update`,
    [institutionId, transferId],
  );
  const row = rows[0];
  return row && { message: messageOf(row), state: row.state, reason: row.reason };
}

/** It was tried again and is refused as before, or for another reason. */
export async function keepBlockedBy(
  tx: Transaction,
  { institutionId, outboxId }: Pick<InterbankMessage, 'institutionId' | 'outboxId'>,
  blockedBy: LedgerRefusal,
): Promise<void> {
  const rows = await tx.query(
    `update clearing_outbox set blocked_by = $3
     where institution_id = $1 and id = $2 and state = 'return_blocked' returning id`,
    [institutionId, outboxId, blockedBy],
  );
  assert(rows.length === 1, `Message ${outboxId} is locked and no longer blocked.`);
}
