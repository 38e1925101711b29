import { withConnection } from '../../databases/index.js';
import { rounded } from './arithmetic.js';

const RELATIONS = `
  select c.relname as name, pg_total_relation_size(c.oid)::float8 as whole, pg_relation_size(c.oid)::float8 as own,
         (select count(*) from posting)::float8 as postings
  from pg_class c
  where c.oid = 'posting'::regclass or c.oid in (select indexrelid from pg_index where indrelid = 'posting'::regclass)`;

export interface Storage {
  /** Heap, maps and all indexes over the number of postings; fee 0, texts as a transfer writes them. */
  readonly bytesPerPosting: number | null;
  /** The same by relation: where it goes. */
  readonly parts: Readonly<Record<string, number | null>>;
}

/** How much room a posting takes; `url` is a superuser's. */
export async function storageOf(url: string): Promise<Storage> {
  const { rows } = await withConnection(url, (client) =>
    client.query<{ name: string; whole: number; own: number; postings: number }>(RELATIONS),
  );
  const table = rows.find(({ name }) => name === 'posting');
  return {
    bytesPerPosting: rounded(table && table.whole / table.postings),
    parts: Object.fromEntries(
      rows.map(({ name, own, postings }) => [name, rounded(own / postings)]),
    ),
  };
}
