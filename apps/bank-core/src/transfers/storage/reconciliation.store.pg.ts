import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Reconciliation } from '../domain/reconciliation.js';

type Totals = Pick<Reconciliation, 'count' | 'amountYen' | 'feeYen' | 'hash'>;

/** Counts, sums and hashes in one statement, so that the three always speak of the same transfers. */
export async function totalsOf(
  tx: Transaction,
  institutionId: number,
  clientId: string,
  from: Instant,
  until: Instant,
): Promise<Totals> {
  const [row] = await tx.query<{ n: number; amount: string; fee: string; hash: string }>(
    `select count(*)::int as n, coalesce(sum(amount), 0) as amount, coalesce(sum(fee), 0) as fee,
            encode(sha256(convert_to(coalesce(string_agg(
              format(E'%s,%s,%s,%s\\n', id, instruction_id, amount, fee), '' order by id collate "C"
            ), ''), 'UTF8')), 'hex') as hash
     from transfer
     where institution_id = $1 and client_id = $2
       and formed_at >= to_timestamp($3::float8 / 1000) and formed_at < to_timestamp($4::float8 / 1000)`,
    [institutionId, clientId, from, until],
  );
  return {
    count: row?.n ?? 0,
    amountYen: BigInt(row?.amount ?? 0),
    feeYen: BigInt(row?.fee ?? 0),
    hash: row?.hash ?? '',
  };
}
