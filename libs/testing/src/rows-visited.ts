import pg from 'pg';

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/**
 * How many rows of `relation` a statement looks at, also those that it then leaves out. The statement is
 * carried out: what changes rows belongs into a transaction that is rolled back.
 */
export async function rowsVisited(
  client: pg.Client,
  relation: string,
  sql: string,
  values: readonly unknown[],
): Promise<number> {
  const given = values.map((value) =>
    pg.escapeLiteral(Array.isArray(value) ? `{${value.join()}}` : String(value)),
  );
  await client.query(`prepare looked_at as ${sql}`);
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `explain (analyze, timing off, format json) execute looked_at(${given.join()})`,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    return plan ? visitedBy(plan, relation) : 0;
  } finally {
    await client.query('deallocate looked_at');
  }
}

function visitedBy(node: PlanNode, relation: string): number {
  const own = node['Relation Name'] === relation ? rowsOf(node) * node['Actual Loops'] : 0;
  return (node.Plans ?? []).reduce((sum, below) => sum + visitedBy(below, relation), own);
}

const rowsOf = (node: PlanNode): number =>
  node['Actual Rows'] +
  (node['Rows Removed by Filter'] ?? 0) +
  (node['Rows Removed by Index Recheck'] ?? 0);
