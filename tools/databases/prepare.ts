import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { withConnection } from './connect.js';
import { sideNames, sides, type RolePasswords, type Side } from './sides.js';

export const newPassword = (): string => randomBytes(24).toString('base64url');

export const newRolePasswords = (): RolePasswords => ({
  bank: { owner: newPassword(), app: newPassword() },
  gateway: { owner: newPassword(), app: newPassword() },
});

/**
 * Makes the four roles and says again what each may do, so that a role that somebody widened by
 * hand is narrowed at the next start. Source: design section 2, threats T-20.
 */
export async function prepareRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    for (const side of sideNames) {
      const { owner, app } = sides[side];
      await prepareRole(client, owner, passwords[side].owner);
      await prepareRole(client, app, passwords[side].app);
    }
    // Else every role could still log in to the databases that initdb makes.
    await client.query('REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC');
  });
}

async function prepareRole(client: pg.Client, name: string, password: string): Promise<void> {
  const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE ${pg.escapeIdentifier(name)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE
       NOREPLICATION NOBYPASSRLS PASSWORD ${pg.escapeLiteral(password)}`,
  );
}

/** Makes the side's database unless it is there; `template` is cloned. */
export async function prepareDatabase(
  adminUrl: string,
  side: Side,
  database: string = sides[side].database,
  template = 'template0',
): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (known.rowCount === 0) {
      await client.query(
        `CREATE DATABASE ${pg.escapeIdentifier(database)}
           OWNER ${sides[side].owner} TEMPLATE ${pg.escapeIdentifier(template)}`,
      );
    }
    await closeToStrangers(client, side, database);
  });
}

/** Only the side's own two roles may connect: the other server is a stranger here. */
async function closeToStrangers(client: pg.Client, side: Side, database: string): Promise<void> {
  const { owner, app } = sides[side];
  const name = pg.escapeIdentifier(database);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${owner}, ${app}`);
}

export async function dropDatabase(adminUrl: string, database: string): Promise<void> {
  await withConnection(adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`),
  );
}
