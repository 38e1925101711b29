import pg from 'pg';
import { withConnection } from '../../../databases/index.js';
import { transfer } from '../../ledger-ground/house.js';
import type { Stage, Trial } from '../stage.js';
import { HISTORY_TABLES, MONEY_TABLES } from './tenancy.js';

/** The statement inside a transaction that never was; true where the database let it pass. */
async function passes(client: pg.Client, sql: string): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query(sql);
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return false;
    throw error;
  } finally {
    await client.query('rollback');
  }
}

/** SM-3.5: not even a superuser rewrites what was posted. */
const nothingIsRewritten: Trial = {
  name: 'history rewritten by an administrator',
  async play(stage) {
    await stage.place(await stage.session(), transfer({ from: 11n, to: 12n, yen: 10n }));
    for (const table of HISTORY_TABLES) {
      for (const sql of [
        `update ${table} set key = key where institution_id = ${stage.institutionId}`,
        `delete from ${table} where institution_id = ${stage.institutionId}`,
        `truncate ${table}`,
      ]) {
        if (await passes(stage.admin, sql)) stage.find(`${sql.split(' ')[0]} of ${table} passed`);
      }
    }
  },
};

/** The application role has no right to write money by any way but the functions. */
const nothingIsWrittenAside: Trial = {
  name: 'money written by the application itself',
  async play(stage) {
    await withConnection(stage.clone.appUrl, async (client) => {
      await client.query(`select set_config('renkei.institution', $1, false)`, [
        String(stage.institutionId),
      ]);
      for (const table of MONEY_TABLES) await writeAside(stage, client, table);
    });
  },
};

async function writeAside(stage: Stage, client: pg.Client, table: string): Promise<void> {
  for (const [word, sql] of [
    ['insert', `insert into ${table} select * from ${table} where false`],
    ['update', `update ${table} set institution_id = institution_id where false`],
    ['delete', `delete from ${table} where false`],
  ] as const) {
    if (await passes(client, sql)) stage.find(`the application may ${word} ${table}`);
  }
}

export const history: readonly Trial[] = [nothingIsRewritten, nothingIsWrittenAside];
