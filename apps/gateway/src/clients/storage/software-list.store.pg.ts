import type { Instant } from '#libs/kernel';
import type { Database } from '#libs/platform';
import type { SoftwareEntry } from '../domain/software-entry.js';

interface SoftwareRow {
  readonly client_id: string;
  readonly epsp_id: string;
  readonly client_name: string | null;
  readonly status: 'active' | 'deleted';
  readonly since: Instant | null;
  readonly until: Instant | null;
}

export async function listSoftware(database: Database): Promise<SoftwareEntry[]> {
  const { rows } = await database.pool.query<SoftwareRow>(
    `select c.client_id, c.epsp_id, c.client_name, c.status, b.since, b.until
     from client c
     left join lateral (select since, until from software_block s
       where s.client_id = c.client_id and s.lifted_at is null and s.until > clock_timestamp()
       order by s.until desc limit 1) b on c.status <> 'deleted'
     order by c.client_id`,
  );
  return rows.map((row) => {
    const block =
      row.since === null || row.until === null ? null : { since: row.since, until: row.until };
    return {
      clientId: row.client_id,
      epspId: row.epsp_id,
      name: row.client_name,
      status: block ? 'blocked' : row.status,
      block,
    };
  });
}
