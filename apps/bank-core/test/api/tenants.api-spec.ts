import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startDatabases, testCluster, type TestDatabases } from '#libs/testing';
import { Database } from '#libs/platform';
import { seededHome } from '../../../../tools/test/seeded-home.js';

/** `catalogue.api-spec.ts` holds the list of those that need no wall: published reference data. */
const TENANT_TABLES = `
  select c.oid::regclass::text as name from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'institution_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
    and has_table_privilege('renkei_bank_app', c.oid, 'select')
  order by 1`;

describe('T-20 the rows of one institution, as the server itself sees them', () => {
  let databases: TestDatabases;
  let database: Database;
  let admin: pg.Client;
  let tables: string[];

  beforeAll(async () => {
    databases = await startDatabases((await seededHome(await testCluster())).templates);
    database = new Database({
      url: databases.bank.appUrl,
      connectionsMax: 2,
      applicationName: 'tenants',
    });
    admin = new pg.Client({ connectionString: databases.bank.adminUrl });
    await admin.connect();
    tables = (await admin.query<{ name: string }>(TENANT_TABLES)).rows.map(({ name }) => name);
  });
  afterAll(async () => {
    await database.close();
    await admin.end();
    await databases.stop();
  });

  /** How many rows of each table the question finds; tables without any are left out. */
  const counted = async (
    ask: (sql: string) => Promise<readonly { n: number }[]>,
    where = 'true',
  ): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const table of tables) {
      const [row] = await ask(`select count(*)::int as n from ${table} where ${where}`);
      if (row?.n) found[table] = row.n;
    }
    return found;
  };
  const asAdmin = async (sql: string) => (await admin.query<{ n: number }>(sql)).rows;

  test('T-20 the seed filled many tables, of many institutions', async () => {
    const all = await counted(asAdmin);
    expect(Object.keys(all).length).toBeGreaterThan(5);
    expect(await counted(asAdmin, 'institution_id <> 1')).not.toEqual({});
  });

  test('T-20 without an institution there is no row in any table', async () => {
    expect(await counted((sql) => database.transaction((tx) => tx.query(sql)))).toEqual({});
  });

  test.each([1, 2, 14])(
    'T-20 inside institution %i there are its rows and no others',
    async (id) => {
      const seen = await database.inInstitution(id, async (tx) => ({
        own: await counted((sql) => tx.query(sql)),
        foreign: await counted((sql) => tx.query(sql), `institution_id <> ${id}`),
      }));
      expect(seen.foreign).toEqual({});
      expect(seen.own).toEqual(await counted(asAdmin, `institution_id = ${id}`));
    },
  );

  test('T-20 the institution ends with its transaction, committed or not', async () => {
    const one = new Database({
      url: databases.bank.appUrl,
      connectionsMax: 1,
      applicationName: 'tenants',
    });
    const setting = `select current_setting('renkei.institution', true) as value`;
    const left = () => one.transaction((tx) => tx.query<{ value: string | null }>(setting));
    try {
      await one.inInstitution(1, (tx) => tx.query(setting));
      expect([null, '']).toContain((await left())[0]?.value);
      const broken = one.inInstitution(1, (tx) => tx.query('select 1/0'));
      await expect(broken).rejects.toThrow();
      expect([null, '']).toContain((await left())[0]?.value);
    } finally {
      await one.close();
    }
  });

  test('T-20 a row of another institution can be neither written nor moved', async () => {
    const insert = database.inInstitution(1, (tx) =>
      tx.query(`insert into holder_subject (institution_id, holder_id, epsp_id, subject)
                select institution_id, id, 'epsp_01j0000000000000000000mnat', 'sub_x' from
                (values (2::smallint, 'hld_x')) v(institution_id, id)`),
    );
    await expect(insert).rejects.toMatchObject({ code: '42501' });
  });
});
