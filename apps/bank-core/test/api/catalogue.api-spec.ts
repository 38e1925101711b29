import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startDatabases, type TestDatabases } from '#libs/testing';

/** What every institution may know of every other: who it is, what it offers, what it has set. */
const SHARED_BY_ALL = [
  'institution_code',
  'institution_function',
  'link_version',
  'parameter_value',
];

describe('T-20 the catalogue keeps the rows of one institution from another', () => {
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

  const TENANT_TABLES = `
    select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attnum
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'institution_id' and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p')`;

  test('every table with an institution forces row-level security, but for what all may know', async () => {
    const open = await namesOf(`select relname as name from (${TENANT_TABLES}) t
      where not (relrowsecurity and relforcerowsecurity) order by 1`);
    expect(open).toEqual(SHARED_BY_ALL);
  });

  test('every unique key of such a table is led by the institution', async () => {
    const stray = await namesOf(`select t.relname || '.' || i.indexrelid::regclass as name
      from (${TENANT_TABLES}) t join pg_index i on i.indrelid = t.oid and i.indisunique
      where i.indkey[0] <> t.attnum and t.relname not in (${SHARED_BY_ALL.map((n) => `'${n}'`)})`);
    expect(stray).toEqual([]);
  });

  test('a view reads with the rights of whoever asks', async () => {
    const views = await namesOf(`select c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'federation') and c.relkind = 'v'
        and not coalesce('security_invoker=true' = any(c.reloptions), false)`);
    expect(views).toEqual([]);
  });

  test('an owner’s function names its path, temporary tables last, and is not open to all', async () => {
    const loose = await namesOf(`select p.proname as name from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'federation') and p.prosecdef
        and (not exists (select from unnest(p.proconfig) c where c like 'search_path=%, pg_temp')
             or has_function_privilege('public', p.oid, 'execute'))`);
    expect(loose).toEqual([]);
  });

  test('money has no writer but the ledger and its confirmation: no right on the application role', async () => {
    const rights = await namesOf(`select table_name || ' ' || privilege_type as name
      from information_schema.table_privileges
      where grantee = 'renkei_bank_app' and privilege_type <> 'SELECT'
        and table_name in ('account', 'posting', 'posting_correction', 'hold', 'limit_use', 'system_account',
          'institution', 'parameter_value')`);
    expect(rights).toEqual([]);
  });

  test('without an institution every tenant table is empty to the application', async () => {
    const app = new pg.Client({ connectionString: databases.bank.appUrl });
    await app.connect();
    await admin.query(`insert into institution values (1, 'labour_bank');
      insert into account (institution_id, id) values (1, 1)`);
    const count = async () => (await app.query('select 1 from account')).rowCount;
    expect(await count()).toBe(0);
    await app.query(`select set_config('renkei.institution', '2', false)`);
    expect(await count()).toBe(0);
    await app.query(`select set_config('renkei.institution', '1', false)`);
    expect(await count()).toBe(1);
    await app.end();
  });
});
