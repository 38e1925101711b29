import type { Client } from 'pg';
import type { CivilDate, Instant, Words } from '#libs/kernel';
import type { SeedRandom } from './seed-random.js';

export type SeedSize = 'full' | 'small';

/** What every seed step works with. All steps run in one transaction of the owner: whole or not at all. */
export interface SeedContext {
  readonly client: Client;
  readonly size: SeedSize;
  readonly random: SeedRandom;
  /** Bank time at the start, and its day in Tokyo: history ends on the day before. */
  readonly now: Instant;
  readonly today: CivilDate;
  readonly progress: (done: number, total: number, what: Words) => void;
}

/** Opens the rows of one institution to what follows: row-level security holds for the owner too. */
export async function enterInstitution({ client }: SeedContext, id: number): Promise<void> {
  await client.query(`select set_config('renkei.institution', $1, true)`, [String(id)]);
}

/** Inserts rows column by column in one statement per batch; `types` are the SQL types of the columns. */
export async function insertRows(
  { client }: SeedContext,
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown>>[],
  batch = 4_000,
): Promise<void> {
  const names = Object.keys(columns);
  const unnested = names.map((name, index) => `$${index + 1}::${columns[name]}[]`).join(', ');
  const sql = `insert into ${table} (${names.join(', ')}) select * from unnest(${unnested})`;
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch);
    await client.query(
      sql,
      names.map((name) => part.map((row) => row[name] ?? null)),
    );
  }
}
