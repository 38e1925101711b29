import { withConnection } from '../../databases/index.js';
import { pgbenchVersion } from './pgbench.js';

const SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'data_checksums',
  'wal_level',
  'shared_buffers',
  'max_wal_size',
  'server_version',
] as const;

/** What makes a figure comparable: durability as the server itself tells it, versions, how it was counted. */
export async function serverConditions(url: string): Promise<Record<string, string>> {
  const server: Record<string, string> = {};
  await withConnection(url, async (client) => {
    for (const name of SETTINGS) {
      const { rows } = await client.query<{ value: string }>(
        `select current_setting($1) as value`,
        [name],
      );
      server[name] = rows[0]?.value ?? 'unknown';
    }
  });
  return {
    ...server,
    server_cpu: 'all processes of the server, its writers and vacuum included',
    counted: 'acknowledged commits; medians of ratios inside a repetition',
    checked:
      'after every run: sums, sequences, running balances, history, holds, limits, acknowledged = committed',
  };
}

/** How the cells of the ledger's bench were run, and what its neighbours are. */
export function cellConditions(
  pgbench: string | undefined,
  isCold: boolean,
): Record<string, string> {
  return {
    pgbench: pgbench ? pgbenchVersion(pgbench) : 'not installed',
    denominator: 'pgbench -N, scale 10, prepared; 32 clients, for 1,024 the best of 8, 32 and 64',
    warming: 'a second before each cell, in which backends start and plan, does not count',
    checkpoint: isCold
      ? 'before each cell: its first changes of a page are written whole'
      : 'one before the warm pass, none until the end; one row of every page of pgbench_accounts is written first',
    row_per_leg:
      'our own reduced form: transfer and two entry rows, text ids, numeric; no idempotency, no limits',
    orm: '15 round trips through TypeORM, 32 connections, a process of its own',
    confirm:
      'TransferWriter.fix over drafts made beforehand, fee 0, every second one through clearing',
    messages: 'pgbench -N sends five messages per transaction, the single call one',
  };
}
