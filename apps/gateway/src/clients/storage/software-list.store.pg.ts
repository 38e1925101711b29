import type { Database } from '#libs/platform';
import type { SoftwareEntry } from '../domain/software-entry.js';

interface SoftwareRow {
  readonly client_id: string;
  readonly epsp_id: string;
  readonly client_name: string | null;
  readonly status: SoftwareEntry['status'];
}

export async function listSoftware(database: Database): Promise<SoftwareEntry[]> {
  const { rows } = await database.pool.query<SoftwareRow>(
    'select client_id, epsp_id, client_name, status from client order by client_id',
  );
  return rows.map((row) => ({
    clientId: row.client_id,
    epspId: row.epsp_id,
    name: row.client_name,
    status: row.status,
  }));
}
