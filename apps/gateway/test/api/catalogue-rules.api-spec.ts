import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { gatewayRules, NAMES_A_BANK } from './catalogue-rules.js';

describe('T-20 the gateway’s catalogue', () => {
  let databases: TestDatabases;
  let admin: pg.Client;

  beforeAll(async () => {
    databases = await startDatabases();
    admin = new pg.Client({ connectionString: databases.gateway.adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await databases.stop();
  });

  const namesOf = async (sql: string): Promise<string[]> =>
    (await admin.query<{ name: string }>(sql)).rows.map(({ name }) => name);

  test.each(gatewayRules)('T-20 $name', async ({ find }) => {
    expect(await namesOf(find)).toEqual([]);
  });

  test.each(gatewayRules)('T-20 a migration that forgets it is found: $name', async (rule) => {
    await admin.query('begin');
    try {
      await admin.query(rule.sin);
      expect(await namesOf(rule.find)).toContain(rule.found);
    } finally {
      await admin.query('rollback');
    }
  });

  test('T-20 every named exception exists and names a bank', async () => {
    const naming = await namesOf(`select c.relname as name from pg_class c join pg_attribute a
      on a.attrelid = c.oid and a.attname = 'bank_code' where c.relkind in ('r', 'p') order by 1`);
    expect(naming).toEqual(Object.keys(NAMES_A_BANK).toSorted());
  });
});
