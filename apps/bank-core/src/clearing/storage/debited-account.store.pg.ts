import { assert } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** The account that a transfer's posting debited, and whose it is. */
export interface DebitedAccount {
  readonly ledgerId: bigint;
  readonly accountId: string;
  readonly holderId: string | null;
  readonly closed: boolean;
}

interface DebitedRow {
  readonly debit_account: bigint;
  readonly public_id: string;
  readonly holder_id: string | null;
  readonly closed: boolean;
}

/** What is returned goes back there, and nowhere else as long as the account is open (SM-5.4-2). */
export async function debitedAccountOf(
  tx: Transaction,
  institutionId: number,
  transferId: string,
): Promise<DebitedAccount> {
  const rows = await tx.query<DebitedRow>(
    `select p.debit_account::bigint, d.public_id, d.holder_id, a.closed from posting p
     join account a on a.institution_id = p.institution_id and a.id = p.debit_account
     join account_detail d on d.institution_id = p.institution_id and d.account_id = p.debit_account
     where p.institution_id = $1 and p.key = ledger_key($2) and p.line = 1 and p.status = 'posted'`,
    [institutionId, transferId],
  );
  const row = rows[0];
  assert(row, `Transfer ${transferId} stands in the outbox but was never posted.`);
  return {
    ledgerId: row.debit_account,
    accountId: row.public_id,
    holderId: row.holder_id,
    closed: row.closed,
  };
}

/** True where the return of that key has been posted. */
export async function isGivenBack(
  tx: Transaction,
  institutionId: number,
  returnKey: string,
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from posting
     where institution_id = $1 and key = ledger_key($2) and line = 1 and status = 'posted'`,
    [institutionId, returnKey],
  );
  return rows.length > 0;
}
