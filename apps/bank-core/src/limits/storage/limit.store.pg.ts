import type { LimitUse } from '#libs/contracts';
import { assert, type CivilDate, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** Reads without a lock: the decision that counts is made again under the lock, in `fix_transfer`. */
export async function useOf(
  tx: Transaction,
  of: { institutionId: number; subject: string; requestedOn: CivilDate; designatedOn: CivilDate },
): Promise<LimitUse> {
  const rows = await tx.query<{ basis: string; sum: bigint }>(
    `select basis, sum from limit_use
     where institution_id = $1 and subject = $2
       and (basis, on_date) in (('request_date', $3::date), ('designated_date', $4::date))`,
    [of.institutionId, of.subject, of.requestedOn.toString(), of.designatedOn.toString()],
  );
  const sums = new Map(rows.map((row) => [row.basis, row.sum]));
  return {
    requestDate: sums.get('request_date') ?? 0n,
    designatedDate: sums.get('designated_date') ?? 0n,
  };
}

/** The amount that the holder notified (SM-5.3-1a). */
export async function notifiedLimitOf(
  tx: Transaction,
  institutionId: number,
  holderId: string,
): Promise<Yen> {
  const rows = await tx.query<{ limit_yen: bigint }>(
    'select limit_yen from holder where institution_id = $1 and id = $2',
    [institutionId, holderId],
  );
  assert(rows[0], `Holder ${holderId} is not known to institution ${institutionId}.`);
  return rows[0].limit_yen;
}
