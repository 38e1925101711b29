import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type pg from 'pg';
import { done, FakePostgres, ready, report } from '../test/fake-postgres.js';
import { isDatabaseSilence } from './database-silence.js';
import { Database } from './database.js';

const WARNING = { severity: 'WARNING', code: '01000' } as const;
const committedLocally = report({ ...WARNING, routine: 'SyncRepWaitForLSN' });
const tagOf = (statement: string): string => (statement.split(/\W/)[0] ?? '').toUpperCase();
const usual = (statement: string): Buffer => Buffer.concat([done(tagOf(statement)), ready()]);
const DEADLINE_MS = 120_000;
const RESERVED_MS = 30_000;

let fake: FakePostgres;
let database: Database;
let reserved: pg.Pool;
let special: (statement: string) => Buffer | undefined | 'usual';

beforeEach(async () => {
  special = () => 'usual';
  fake = await FakePostgres.start((statement) => {
    const said = special(statement);
    return said === 'usual' ? usual(statement) : said;
  });
  database = new Database({ url: fake.url, connectionsMax: 4, applicationName: 'a test' });
  reserved = database.reserve(1);
});
afterEach(async () => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  await database.close();
  await fake.stop();
});

/** Ways to a success that a server may have told too early. */
const WAYS: readonly (readonly [string, string, () => Promise<unknown>])[] = [
  ['the commit of a transaction', 'commit', () => database.transaction(async () => 'value')],
  ['a statement alone', 'call act()', () => database.singles.query('call act()')],
  ['one with parameters', 'call act($1)', () => database.singles.query('call act($1)', [1])],
];

describe('T3 a commit that no standby has', () => {
  test.each(WAYS)(
    'T3 %s is no success, though warning and success arrive in one read',
    async (_what, statement, ask) => {
      special = (asked) =>
        asked === statement
          ? Buffer.concat([committedLocally, done(tagOf(asked)), ready()])
          : 'usual';
      const failed: unknown = await ask().catch((error: unknown) => error);
      expect(failed).toEqual(new Error('Connection terminated unexpectedly'));
      expect(isDatabaseSilence(failed)).toBe(true);
      special = () => 'usual';
      await ask();
      expect(fake.connections).toHaveLength(2);
    },
  );

  test('T3 what came before the warning is no success either: a lone statement is told before its commit', async () => {
    special = () => Buffer.concat([done('CALL'), committedLocally, ready()]);
    await expect(database.singles.query('call act($1)', [1])).rejects.toThrow('terminated');
  });

  test('T3 it is not taken for refused by what the next statement in the pipeline is told', async () => {
    const refusal = report({ severity: 'ERROR', code: '23505', routine: '_bt_check_unique' });
    special = (asked) =>
      asked === 'call act()'
        ? Buffer.concat([committedLocally, done('CALL'), ready(), refusal, ready()])
        : undefined;
    const client = await reserved.connect();
    client.on('error', () => undefined);
    const both = await Promise.allSettled([
      client.query('call act()'),
      client.query('call other()'),
    ]);
    client.release();
    expect(both.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([
      'Error: Connection terminated unexpectedly',
      'Error: Connection terminated unexpectedly',
    ]);
  });

  test.each(['check_collation_version', 'SetTransactionIdLimit', 'exec_stmt_raise'])(
    'a warning by %s leaves the connection alone, at the login and later',
    async (routine) => {
      const warning = report({ ...WARNING, routine });
      fake.greeting = warning;
      special = (asked) => Buffer.concat([warning, usual(asked)]);
      expect(await database.transaction(async () => 'value')).toBe('value');
      expect(await database.transaction(async () => 'again')).toBe('again');
      expect(fake.connections).toHaveLength(1);
    },
  );
});

describe('a server that has vanished without a word', () => {
  test('every connection asks for a sign of life after ten seconds of silence', async () => {
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    await database.singles.query('select 1');
    await database.readInInstitution(1, (tx) => tx.query('select 1'));
    await database.transaction((tx) => tx.query('select 1'));
    await reserved.query('select 1');
    expect(keepAlive.mock.calls).toEqual(Array.from({ length: 4 }, () => [true, 10_000]));
  });

  const asks: readonly (readonly [string, number, (statement: string) => Promise<unknown>])[] = [
    ['single statement', DEADLINE_MS, (statement) => database.singles.query(statement)],
    [
      'reading connection',
      DEADLINE_MS,
      (statement) => database.readInInstitution(1, (tx) => tx.query(statement)),
    ],
    ['transaction', DEADLINE_MS, (statement) => database.transaction((tx) => tx.query(statement))],
    ['reserved connection', RESERVED_MS, (statement) => reserved.query(statement)],
  ];

  test.each(asks)(
    'a %s that is silent for %d ms is given up with its connection, and the next one serves at once',
    async (_what, limitMs, ask) => {
      special = (asked) => (asked === 'select silence' ? undefined : 'usual');
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
      const heard = new Promise<void>((resolve) => {
        fake.onStatement = (asked) => void (asked === 'select silence' && resolve());
      });
      const asked = ask('select silence').catch((error: unknown) => error);
      await heard;
      const [connection] = fake.connections;
      // It may end with a reset, which `once` would take for a failure.
      const closed = new Promise((resolve) => connection?.on('close', resolve));
      jest.advanceTimersByTime(limitMs);
      expect(await asked).toEqual(new Error('Query read timeout'));
      await ask('select words');
      await closed;
      expect(fake.connections).toHaveLength(2);
    },
  );
});
