import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';

export async function insertReached(
  tx: Transaction,
  institutionId: number,
  { node, version, at }: { node: string; version: bigint; at: Instant },
): Promise<void> {
  await tx.query(
    `insert into link_reached (institution_id, version, node, reached_at)
     select institution_id, version, $3, to_timestamp($4::float8 / 1000) from link_event
     where institution_id = $1 and version = $2
     on conflict do nothing`,
    [institutionId, version, node, at],
  );
}

interface VersionRow {
  version: bigint;
  at: Instant;
  nodes: { node: string; reachedMs: number }[];
}

/** The newest versions with the nodes that have told of them, newest first. */
export async function versionsReached(tx: Transaction, institutionId: number, limit: number) {
  const rows = await tx.query<VersionRow>(
    `select e.version, e.at,
       (select coalesce(jsonb_agg(jsonb_build_object('node', r.node,
            'reachedMs', floor(extract(epoch from r.reached_at) * 1000)) order by r.reached_at), '[]')
        from link_reached r where r.institution_id = e.institution_id and r.version = e.version) as nodes
     from link_event e where e.institution_id = $1 order by e.version desc limit $2`,
    [institutionId, limit],
  );
  return rows.map(({ version, at, nodes }) => ({
    version,
    committedAt: at,
    nodes: nodes.map(({ node, reachedMs }) => ({ node, reachedAt: reachedMs })),
  }));
}
