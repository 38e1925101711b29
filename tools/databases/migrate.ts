import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { compiled } from '../project.js';
import { withConnection } from './connect.js';
import { sides, type Side } from './sides.js';

type MigrationClass = new () => MigrationInterface;

const folders: Readonly<Record<Side, string>> = { bank: 'bank-core', gateway: 'gateway' };

/** The side's migrations in their order, as the server's own list gives them. */
export async function migrationsOf(side: Side): Promise<readonly MigrationClass[]> {
  const file = compiled('apps', folders[side], 'migrations', 'index.js');
  if (!existsSync(file)) return [];
  const list = (await import(pathToFileURL(file).href)) as { migrations: MigrationClass[] };
  return list.migrations.map(withTimestamp);
}

/**
 * TypeORM wants thirteen digits at the end of a name and orders by them. Ours end in the twelve of
 * the file name (year to minute), so a zero goes before them; the order stays that of the list.
 */
function withTimestamp(Migration: MigrationClass): MigrationClass {
  const inner = new Migration();
  const name = (inner.name ?? Migration.name).replace(/(?<!\d)(\d{12})$/, '0$1');
  return class implements MigrationInterface {
    readonly name = name;
    readonly transaction = inner.transaction ?? true;
    up = (runner: QueryRunner): Promise<void> => inner.up(runner);
    down = (runner: QueryRunner): Promise<void> => inner.down(runner);
  };
}

/**
 * Brings the database to the last migration, as its owner. Returns how many ran. Rights on tables
 * are the migrations' own business: a blanket grant here would undo every right they withhold.
 */
export async function migrate(side: Side, ownerUrl: string): Promise<number> {
  const source = await connectForMigrations(side, ownerUrl);
  try {
    const ran = await source.runMigrations({ transaction: 'each' });
    await grantUsage(ownerUrl, sides[side].app);
    return ran.length;
  } finally {
    await source.destroy();
  }
}

/** True when the database lacks a migration that this version of the server expects. */
export async function isBehind(side: Side, url: string): Promise<boolean> {
  const wanted = await migrationsOf(side);
  return withConnection(url, async (client) => {
    const found = await client
      .query<{ name: string }>('SELECT name FROM migrations')
      .catch(() => ({ rows: [] }));
    const present = new Set(found.rows.map((row) => row.name));
    return wanted.some((migration) => !present.has(nameOf(migration)));
  });
}

const nameOf = (migration: MigrationClass): string => new migration().name ?? migration.name;

async function connectForMigrations(side: Side, url: string): Promise<DataSource> {
  // Loaded here: a start on an up-to-date database never needs it, and it takes a third of a second.
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...(await migrationsOf(side))],
    migrationsTableName: 'migrations',
    installExtensions: false,
    logging: ['error'],
  });
  return source.initialize();
}

/** To see a schema is to be able to name it; what can be read in it the migrations decide. */
async function grantUsage(ownerUrl: string, app: string): Promise<void> {
  await withConnection(ownerUrl, async (client) => {
    const schemas = await client.query<{ name: string }>(
      `SELECT nspname AS name FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
          AND pg_has_role(nspowner, 'USAGE')
          AND NOT has_schema_privilege($1, nspname, 'USAGE')`,
      [app],
    );
    for (const { name } of schemas.rows) {
      await client.query(`GRANT USAGE ON SCHEMA ${pg.escapeIdentifier(name)} TO ${app}`);
    }
    // The app reads which migrations ran, so that a server can refuse to start on an older schema.
    await client.query(`GRANT SELECT ON TABLE migrations TO ${app}`);
  });
}
