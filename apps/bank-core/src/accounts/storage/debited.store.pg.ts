import { CivilDate, type Instant, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { returnKeyOf, type Debited } from '../domain/debited.js';

interface DebitedRow {
  readonly key: string;
  readonly amount: Yen;
  readonly fee: Yen;
  readonly booked_on: string;
  readonly posted_at: Instant;
  readonly balance_after: Yen;
  readonly returned: Yen;
}

/** By primary key alone, line by line. Accounts of the holder count whether they are still in service or not. */
export async function debitedUnder(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  keys: readonly string[],
): Promise<Debited[]> {
  const rows = await tx.query<DebitedRow>(
    `select k.name as key,
       (sum(p.amount) filter (where p.operation <> 'fee'))::bigint as amount,
       coalesce(sum(p.amount) filter (where p.operation = 'fee'), 0)::bigint as fee,
       min(p.booked_on) as booked_on, min(p.posted_at) as posted_at, min(p.debit_balance) as balance_after,
       coalesce((select sum(r.amount) from posting r
         join account_detail c on c.institution_id = $1 and c.account_id = r.credit_account and c.holder_id = $2
         where r.institution_id = $1 and r.key = ledger_key(k.return_name) and r.status = 'posted'
           and r.operation = 'return'), 0)::bigint as returned
     from unnest($3::text[], $4::text[]) k(name, return_name)
     join posting p on p.institution_id = $1 and p.key = ledger_key(k.name) and p.status = 'posted'
     join account_detail d on d.institution_id = $1 and d.account_id = p.debit_account and d.holder_id = $2
     group by k.name, k.return_name
     having count(*) filter (where p.operation <> 'fee') > 0`,
    [institutionId, holderId, keys, keys.map(returnKeyOf)],
  );
  return rows.map((row) => ({
    key: row.key,
    amountYen: row.amount,
    feeYen: row.fee,
    bookedOn: CivilDate.from(row.booked_on),
    postedAt: row.posted_at,
    balanceAfterYen: row.balance_after,
    returnedYen: row.returned,
  }));
}
