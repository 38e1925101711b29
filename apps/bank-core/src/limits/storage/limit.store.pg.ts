import type { LimitUse } from '#libs/contracts';
import { assert, type CivilDate, type Yen } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

/** Reads without a lock: the decision that counts is made again under the lock, in `fix_transfers`. */
export async function useOf(
  tx: Transaction,
  of: { institutionId: number; subject: string; requestedOn: CivilDate; designatedOn: CivilDate },
): Promise<LimitUse> {
  const rows = await tx.query<{ requested: bigint | null; designated: bigint | null }>(
    `select max(requested) filter (where on_date = $3::date) as requested,
            max(designated) filter (where on_date = $4::date) as designated
     from limit_use
     where institution_id = $1 and subject = $2 and on_date in ($3::date, $4::date)`,
    [of.institutionId, of.subject, of.requestedOn.toString(), of.designatedOn.toString()],
  );
  return { requestDate: rows[0]?.requested ?? 0n, designatedDate: rows[0]?.designated ?? 0n };
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
