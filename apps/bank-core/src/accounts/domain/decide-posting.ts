import { accepted, refused, type Refusal, type Result, type Yen } from '#libs/kernel';
import type { LedgerRefusal } from './account.refusals.js';

/** An account as `ledger_post` has locked and loaded it. */
export interface LoadedAccount {
  readonly balance: Yen;
  readonly held: Yen;
  readonly overdraft: Yen;
  readonly version: bigint;
  readonly closed: boolean;
  readonly debitStopped: boolean;
  readonly creditStopped: boolean;
}

export interface LineToDecide {
  readonly debitAccount: bigint;
  readonly creditAccount: bigint;
  readonly amountYen: Yen;
}

/** A line with its places in both histories. */
export interface DecidedLine extends LineToDecide {
  readonly debitSeq: bigint;
  readonly debitBalance: Yen;
  readonly creditSeq: bigint;
  readonly creditBalance: Yen;
}

/**
 * What `ledger_post` decides, in the order in which it does: each line as if the earlier ones were posted,
 * first refusal wins, all or nothing. The same table of cases runs through both (ledger.md section 3.2).
 */
export function decidePosting(
  accounts: ReadonlyMap<bigint, LoadedAccount>,
  lines: readonly LineToDecide[],
): Result<readonly DecidedLine[], Refusal<LedgerRefusal>> {
  const standing = new Map(accounts);
  const decided: DecidedLine[] = [];
  for (const line of lines) {
    const debit = standing.get(line.debitAccount);
    if (!debit) return refused('debit_account_unknown', { clause: 'SM-5.1-1' });
    if (debit.closed) return refused('account_closed', { clause: 'SM-3.4-1-1' });
    if (debit.debitStopped) return refused('payment_stopped', { clause: 'SM-3.4-1-3' });
    const credit = standing.get(line.creditAccount);
    if (!credit) return refused('payee_account_unknown', { clause: 'SM-5.1-1' });
    if (credit.closed || credit.creditStopped) {
      return refused('payee_account_closed', { clause: 'SM-5.1-1' });
    }
    if (line.amountYen > debit.balance - debit.held + debit.overdraft) {
      return refused('insufficient_funds', { clause: 'SM-3.4-1-2a' });
    }
    const debited = moved(debit, -line.amountYen);
    const credited = moved(credit, line.amountYen);
    standing.set(line.debitAccount, debited).set(line.creditAccount, credited);
    decided.push({
      ...line,
      debitSeq: debited.version,
      debitBalance: debited.balance,
      creditSeq: credited.version,
      creditBalance: credited.balance,
    });
  }
  return accepted(decided);
}

const moved = (account: LoadedAccount, by: Yen): LoadedAccount => ({
  ...account,
  balance: account.balance + by,
  version: account.version + 1n,
});
