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

export interface ReachedVersion {
  readonly version: bigint;
  readonly committedAt: Instant;
  /** Every node that judges by this version or a later one, and since when by the bank's clock. */
  readonly nodes: readonly { readonly node: string; readonly reachedAt: Instant }[];
  /** Nodes that told of an earlier version within a day and of none since: nobody knows by what they judge. */
  readonly silent: readonly string[];
}

interface VersionRow {
  version: bigint;
  at: Instant;
  nodes: { node: string; reachedMs: number }[];
  silent: string[];
}

/** Of each version: who has reached it or gone past it, and who was there and has not told. */
const SELECT = `
  select e.version, e.at,
    (select coalesce(jsonb_agg(jsonb_build_object('node', r.node, 'reachedMs', r.ms) order by r.ms), '[]')
     from (select node, floor(extract(epoch from min(reached_at)) * 1000) as ms from link_reached
           where institution_id = e.institution_id and version >= e.version group by node) r) as nodes,
    array(select distinct b.node from link_reached b
      where b.institution_id = e.institution_id and b.version < e.version
        and b.reached_at > e.at - interval '1 day'
        and not exists (select from link_reached l where l.institution_id = b.institution_id
          and l.node = b.node and l.version >= e.version)
      order by b.node) as silent
  from link_event e where e.institution_id = $1`;

/** The newest versions with the nodes that have told of them, newest first. */
export async function versionsReached(
  tx: Transaction,
  institutionId: number,
  limit: number,
): Promise<ReachedVersion[]> {
  const rows = await tx.query<VersionRow>(`${SELECT} order by e.version desc limit $2`, [
    institutionId,
    limit,
  ]);
  return rows.map(reachedOf);
}

/** The versions that were committed at these instants: a step of the link and its version have the same one. */
export async function versionsCommittedAt(
  tx: Transaction,
  institutionId: number,
  instants: readonly Instant[],
): Promise<ReachedVersion[]> {
  const rows = await tx.query<VersionRow>(
    `${SELECT} and e.at in (select to_timestamp(ms / 1000) from unnest($2::float8[]) as asked (ms))
     order by e.version`,
    [institutionId, [...instants]],
  );
  return rows.map(reachedOf);
}

const reachedOf = ({ version, at, nodes, silent }: VersionRow): ReachedVersion => ({
  version,
  committedAt: at,
  nodes: nodes.map(({ node, reachedMs }) => ({ node, reachedAt: reachedMs })),
  silent,
});
