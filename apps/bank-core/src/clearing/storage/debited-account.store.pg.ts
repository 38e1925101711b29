import { assert } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** The account that the transfer's posting debited: what is returned goes back there and nowhere else. */
export async function debitAccountOf(
  tx: Transaction,
  institutionId: number,
  transferId: string,
): Promise<bigint> {
  const rows = await tx.query<{ debit_account: bigint }>(
    `select debit_account::bigint from posting
     where institution_id = $1 and key = ledger_key($2) and line = 1 and status = 'posted'`,
    [institutionId, transferId],
  );
  assert(rows[0], `Transfer ${transferId} stands in the outbox but was never posted.`);
  return rows[0].debit_account;
}
