import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { catalogueRules, LED_BY_ANOTHER, WITHOUT_INSTITUTION } from './catalogue-rules.js';

describe('T-20 the catalogue is led by the institution', () => {
  let databases: TestDatabases;
  let admin: pg.Client;

  beforeAll(async () => {
    databases = await startDatabases();
    admin = new pg.Client({ connectionString: databases.bank.adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await databases.stop();
  });

  const namesOf = async (sql: string): Promise<string[]> =>
    (await admin.query<{ name: string }>(sql)).rows.map(({ name }) => name);

  test.each(catalogueRules)('$name', async ({ find }) => {
    expect(await namesOf(find)).toEqual([]);
  });

  test.each(catalogueRules)('a migration that forgets it is found: $name', async (rule) => {
    await admin.query('begin');
    try {
      await admin.query(rule.sin);
      expect(await namesOf(rule.find)).toContain(rule.found);
    } finally {
      await admin.query('rollback');
    }
  });

  test('every named exception is one: it exists, and would be found without its name', async () => {
    const odd = await namesOf(`select c.relname as name from pg_class c
      join pg_index i on i.indexrelid = c.oid join pg_am m on m.oid = c.relam
      where m.amname = 'brin' and not i.indisunique`);
    expect(odd).toEqual(Object.keys(LED_BY_ANOTHER));
    const bare = await namesOf(`select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'institution_id') order by 1`);
    expect(bare).toEqual(Object.keys(WITHOUT_INSTITUTION));
  });
});
