import type { Transaction } from '#libs/platform';
import type { ReachedFunctions } from '../domain/reached-functions.js';

/**
 * How many consents in force, of how many users, rest on one of these functions. One walk over one index, in the order
 * of holders, so that users are counted without sorting a million of them; the table itself is not read. Left to itself
 * the planner, which expects fewer rows, would read the table and sort (E.4).
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
    set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
  const [row] = await tx.query<{ consents: number; users: number }>(
    `select count(*)::int as consents, count(distinct holder_id)::int as users from consent
     where institution_id = $1 and epsp_id = $2 and state in ('authorised', 'frozen') and (${condition})`,
    [institutionId, epspId, ...values],
  );
  await tx.query(`select set_config('enable_seqscan', 'on', true),
    set_config('enable_indexscan', 'on', true), set_config('enable_bitmapscan', 'on', true)`);
  return row ?? { consents: 0, users: 0 };
}

/** Only the reaches that are named are asked of each row. */
function conditionOf({ all, direct, chained, partners }: ReachedFunctions) {
  const values: string[][] = [];
  const parameter = (list: readonly string[]) => `$${values.push([...list]) + 2}::text[]`;
  // The bits of a list are computed once, before the walk.
  const holds = (list: readonly string[]) =>
    `function_bits & consent_function_bits(${parameter(list)}) <> 0`;
  const parts: string[] = [];
  if (all.length > 0) parts.push(holds(all));
  if (direct.length > 0) parts.push(`chain_partner_id = 'none' and ${holds(direct)}`);
  if (chained.length > 0) parts.push(`chain_partner_id <> 'none' and ${holds(chained)}`);
  for (const { partnerId, functions } of partners)
    parts.push(`chain_partner_id = any(${parameter([partnerId])}) and ${holds(functions)}`);
  return { condition: parts.map((part) => `(${part})`).join(' or '), values };
}
