import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

export interface DueHold {
  /** The key of the order that placed it. */
  readonly key: string;
  readonly account: bigint;
  /** To the microsecond, as the database writes it: the next page begins behind it. */
  readonly expiresAt: string;
}

/** Holds whose time has come, the longest due first, behind `after`. Only read: the ledger decides about them. */
export function dueHolds(
  tx: Transaction,
  institutionId: number,
  at: Instant,
  after: DueHold | undefined,
  max: number,
): Promise<DueHold[]> {
  return tx.query<DueHold>(
    `select key, account_id as account, expires_at::text as "expiresAt" from hold
     where institution_id = $1 and state = 'held' and expires_at <= to_timestamp($2::float8 / 1000)
       and (expires_at, key) > ($3::timestamptz, $4::uuid)
     order by expires_at, key limit $5`,
    [
      institutionId,
      at,
      after?.expiresAt ?? '-infinity',
      after?.key ?? '00000000-0000-0000-0000-000000000000',
      max,
    ],
  );
}
