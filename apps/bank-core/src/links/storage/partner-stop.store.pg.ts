import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** Stopped at the request of the institution that the transaction has entered, and of no other (INT-22). */
export async function beginStop(
  tx: Transaction,
  institutionId: number,
  partnerId: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into partner_stop (institution_id, chain_partner_id, stopped_at)
     values ($1, $2, to_timestamp($3::float8 / 1000)) on conflict do nothing`,
    [institutionId, partnerId, at],
  );
}

export async function endStop(
  tx: Transaction,
  institutionId: number,
  partnerId: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update partner_stop set resumed_at = to_timestamp($3::float8 / 1000)
     where institution_id = $1 and chain_partner_id = $2 and resumed_at is null`,
    [institutionId, partnerId, at],
  );
}
