import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { withConnection } from './connect.js';
import { sides } from './sides.js';

describe('two databases, four roles', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startDatabases();
  });
  afterAll(() => databases.stop());

  const pointedAt = (url: string, database: string): string => {
    const other = new URL(url);
    other.pathname = `/${database}`;
    return other.toString();
  };

  test.each([
    ['bank-core', 'bank', 'gateway'],
    ['the gateway', 'gateway', 'bank'],
  ] as const)('T-20 %s logs in to its own database and not to the other', async (_, own, other) => {
    const { appUrl, ownerUrl } = databases[own];
    const me = await withConnection(appUrl, (client) => client.query('SELECT current_user AS me'));
    expect(me.rows).toEqual([{ me: sides[own].app }]);
    for (const url of [appUrl, ownerUrl]) {
      for (const database of [databases[other].name, 'postgres', 'template1']) {
        const attempt = withConnection(pointedAt(url, database), async () => undefined);
        await expect(attempt).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  test('T-20 the servers own nothing, bypass nothing and cannot make roles', async () => {
    const roles = await withConnection(databases.bank.adminUrl, (client) =>
      client.query(
        `SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS may_more,
                EXISTS (SELECT 1 FROM pg_database WHERE datdba = pg_roles.oid) AS owns
           FROM pg_roles WHERE rolname = ANY($1) ORDER BY rolname`,
        [[sides.bank.app, sides.gateway.app]],
      ),
    );
    expect(roles.rows).toEqual([
      { rolname: sides.bank.app, may_more: false, owns: false },
      { rolname: sides.gateway.app, may_more: false, owns: false },
    ]);
  });

  test('T-22 a wrong password is refused, also for the superuser', async () => {
    for (const { appUrl, adminUrl } of [databases.bank, databases.gateway]) {
      for (const url of [appUrl, adminUrl]) {
        const wrong = new URL(url);
        wrong.password = 'guessed';
        const attempt = withConnection(wrong.toString(), async () => undefined);
        await expect(attempt).rejects.toMatchObject({ code: '28P01' });
      }
    }
  });
});
