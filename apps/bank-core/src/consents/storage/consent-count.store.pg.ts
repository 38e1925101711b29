import type { Transaction } from '#libs/platform';
import type { ReachedFunctions } from '../domain/reached-functions.js';

/**
 * How many consents in force, of how many users, rest on one of these functions. Read from the index consent_in_force
 * alone, so that a million of them take less than two seconds (E.4).
 */
export async function countTouched(
  tx: Transaction,
  institutionId: number,
  epspId: string,
  { all, direct, chained, partners }: ReachedFunctions,
): Promise<{ consents: number; users: number }> {
  const pairs = partners.flatMap(({ partnerId, functions }) =>
    functions.map((fn) => ({ partnerId, fn })),
  );
  const [row] = await tx.query<{ consents: number; users: number }>(
    `select count(*)::int as consents, count(distinct holder_id)::int as users from consent
     where institution_id = $1 and epsp_id = $2 and state in ('authorised', 'frozen')
       and (permissions && $3::text[]
         or chain_partner_id = 'none' and permissions && $4::text[]
         or chain_partner_id <> 'none' and permissions && $5::text[]
         or chain_partner_id = any($6::text[]) and exists (
           select from unnest($6::text[], $7::text[]) r(partner, fn)
           where r.partner = chain_partner_id and r.fn = any(permissions)))`,
    [
      institutionId,
      epspId,
      [...all],
      [...direct],
      [...chained],
      pairs.map(({ partnerId }) => partnerId),
      pairs.map(({ fn }) => fn),
    ],
  );
  return row ?? { consents: 0, users: 0 };
}
