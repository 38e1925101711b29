import type { TestDatabase } from '#libs/testing';
import { withConnection } from '../../../../tools/databases/index.js';

/** Takes a database away from everybody who is connected, and lets nobody in until it is mended. */
export async function cutDatabase(database: TestDatabase): Promise<void> {
  await byAdmin(database, `alter database ${database.name} with allow_connections false`);
  await byAdmin(
    database,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database.name}'`,
  );
}

export const mendDatabase = (database: TestDatabase): Promise<unknown> =>
  byAdmin(database, `alter database ${database.name} with allow_connections true`);

function byAdmin({ adminUrl }: TestDatabase, sql: string): Promise<unknown> {
  const url = new URL(adminUrl);
  url.pathname = '/postgres';
  return withConnection(url.toString(), (client) => client.query(sql));
}
