import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { InterbankAnswer, InterbankMessage } from '../domain/interbank.ports.js';

type Returned = Extract<InterbankAnswer, { outcome: 'returned' }>;

/** The answer that this message got when it came before, if it did. */
export async function earlierAnswer(
  tx: Transaction,
  institutionId: number,
  sourceBank: string,
  key: string,
): Promise<InterbankAnswer | undefined> {
  const rows = await tx.query<{ outcome: string; reason: Returned['reason'] | null }>(
    `select outcome, reason from clearing_inbox
     where institution_id = $1 and source_bank = $2 and key = $3`,
    [institutionId, sourceBank, key],
  );
  const row = rows[0];
  if (!row) return undefined;
  return row.outcome === 'returned' && row.reason
    ? { outcome: 'returned', reason: row.reason }
    : { outcome: 'accepted' };
}

/** The primary key is the guard: two deliveries at once cannot both insert, and the second rolls back. */
export async function keepAnswer(
  tx: Transaction,
  institutionId: number,
  sourceBank: string,
  message: InterbankMessage,
  answer: InterbankAnswer,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into clearing_inbox (institution_id, source_bank, key, branch, account_type,
       account_number, payee_name, payer_name, amount, edi_text, outcome, reason, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13::float8 / 1000))`,
    [
      institutionId,
      sourceBank,
      message.transferId,
      message.creditorBranch,
      message.creditorType,
      message.creditorNumber,
      message.creditorName,
      message.payerName,
      message.amountYen,
      message.ediText,
      answer.outcome === 'accepted' ? 'credited' : 'returned',
      answer.outcome === 'returned' ? answer.reason : null,
      at,
    ],
  );
}
