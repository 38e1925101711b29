import type { Transaction } from '#libs/platform';
import type { ReachedFunctions } from '../domain/reached-functions.js';

/**
 * How many consents in force, of how many users, rest on one of these functions. One ordered walk over an index,
 * holder by holder, without sorting a million texts; the planner, which knows little of arrays, would sort them (E.4).
 */
export async function countTouched(
  tx: Transaction,
  institutionId: number,
  epspId: string,
  reached: ReachedFunctions,
): Promise<{ consents: number; users: number }> {
  const { condition, values } = conditionOf(reached);
  if (condition === '') return { consents: 0, users: 0 };
  await tx.query(`select set_config('enable_seqscan', 'off', true),
    set_config('enable_hashagg', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
  const [row] = await tx.query<{ consents: number; users: number }>(
    `select coalesce(sum(n), 0)::int as consents, count(*)::int as users
     from (select count(*) as n from consent
           where institution_id = $1 and epsp_id = $2 and state in ('authorised', 'frozen')
             and (${condition})
           group by holder_id) of_one`,
    [institutionId, epspId, ...values],
  );
  return row ?? { consents: 0, users: 0 };
}

/** Only the reaches that are named are asked of each row. */
function conditionOf({ all, direct, chained, partners }: ReachedFunctions) {
  const values: string[][] = [];
  const parameter = (list: readonly string[]) => `$${values.push([...list]) + 2}::text[]`;
  const parts: string[] = [];
  if (all.length > 0) parts.push(`permissions && ${parameter(all)}`);
  if (direct.length > 0)
    parts.push(`chain_partner_id = 'none' and permissions && ${parameter(direct)}`);
  if (chained.length > 0)
    parts.push(`chain_partner_id <> 'none' and permissions && ${parameter(chained)}`);
  for (const { partnerId, functions } of partners)
    parts.push(
      `chain_partner_id = any(${parameter([partnerId])}) and permissions && ${parameter(functions)}`,
    );
  return { condition: parts.map((part) => `(${part})`).join(' or '), values };
}
