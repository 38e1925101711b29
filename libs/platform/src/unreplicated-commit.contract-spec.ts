import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import {
  accountForPostgres,
  placeForCluster,
  startCluster,
  type Cluster,
} from '../../../tools/embedded-postgres/index.js';
import { makeFolder } from '../../../tools/files.js';
import { Database } from './database.js';

const NAME = 'commits';
const OURS = `application_name = '${NAME}' and wait_event = 'SyncRep'`;

describe('T3 a PostgreSQL whose standby does not answer', () => {
  let folder: string;
  let place: string;
  let cluster: Cluster;
  let admin: pg.Client;
  let database: Database;

  beforeAll(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-standby-'));
    await makeFolder(folder, 0o711);
    place = await placeForCluster(folder, accountForPostgres());
    const logFile = join(folder, 'postgres.log');
    const settings = { synchronous_commit: 'on' };
    const options = { place, password: 'of this test', logFile, isThrowaway: true, settings };
    cluster = await startCluster(options);
    const url = cluster.url('postgres');
    admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query('create table kept (word text)');
    // Somebody who wants a quiet log must not switch the guard off.
    await admin.query('alter role renkei_admin set client_min_messages = error');
    await admin.query(`alter system set synchronous_standby_names = 'nobody'`);
    await admin.query('select pg_reload_conf()');
    database = new Database({ url, connectionsMax: 4, applicationName: NAME });
  });
  afterAll(async () => {
    await database?.close();
    await admin?.end();
    await cluster?.stop();
    if (place) await rm(place, { recursive: true, force: true });
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** Commits until one waits for the standby, cancels that wait, and tells what became of the commit. */
  async function cancelled(commit: () => Promise<unknown>): Promise<unknown> {
    for (;;) {
      const state = { isOver: false };
      const outcome = commit()
        .catch((error: unknown) => error)
        .finally(() => (state.isOver = true));
      // One that is over had not heard of the standby yet.
      while (!state.isOver) {
        const sql = `select pg_cancel_backend(pid) from pg_stat_activity where ${OURS}`;
        if ((await admin.query(sql)).rows.length > 0) return outcome;
      }
    }
  }

  const words = async () => (await admin.query('select word from kept')).rows as { word: string }[];

  test.each<[string, (word: string) => Promise<unknown>]>([
    [
      'the commit of a transaction',
      (word) => database.transaction((tx) => tx.query('insert into kept values ($1)', [word])),
    ],
    ['a statement alone', (word) => database.singles.query(`insert into kept values ('${word}')`)],
    [
      'one with parameters',
      (word) => database.singles.query('insert into kept values ($1)', [word]),
    ],
  ])(
    'T3 %s whose wait was cancelled is no success, though it stands here',
    async (word, insert) => {
      const outcome = await cancelled(() => insert(word));
      expect(outcome).toEqual(new Error('Connection terminated unexpectedly'));
      // We were told before PostgreSQL had finished: the row comes into sight a moment later.
      while (!(await words()).some((row) => row.word === word)) await admin.query('select 1');
      expect(await database.singles.query('select 1 as one')).toEqual([{ one: 1 }]);
    },
  );
});
