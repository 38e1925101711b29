import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withConnection } from '../databases/index.js';
import { makeFolder, readIfThere } from '../files.js';
import { freePorts } from '../ports.js';
import { isAlive, waitUntilGone } from '../processes.js';
import { compiled } from '../project.js';
import { accountForPostgres, placeForCluster, startCluster, type Cluster } from './index.js';

const PASSWORD = 'a random one in real life';

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let place: string;
  let running: Cluster | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-cluster-'));
    await makeFolder(folder, 0o711);
    place = await placeForCluster(folder, accountForPostgres());
  });
  afterEach(async () => {
    await running?.stop();
    await rm(place, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (): Promise<Cluster> => {
    const logFile = join(folder, 'postgres.log');
    running = await startCluster({ place, password: PASSWORD, logFile });
    return running;
  };

  const settings = (cluster: Cluster, names: readonly string[]): Promise<string[]> =>
    withConnection(cluster.url('postgres'), async (client) => {
      const found = await client.query<{ setting: string }>(
        'SELECT setting FROM unnest($1::text[]) WITH ORDINALITY n JOIN pg_settings ON name = n.n ' +
          'ORDER BY n.ordinality',
        [names],
      );
      return found.rows.map((row) => row.setting);
    });

  test('T-22 it listens on loopback alone, by SCRAM, on data that nobody else can read', async () => {
    const cluster = await start();
    const names = ['listen_addresses', 'unix_socket_directories', 'password_encryption'];
    expect(await settings(cluster, names)).toEqual(['127.0.0.1', '', 'scram-sha-256']);
    expect(await settings(cluster, ['data_checksums', 'fsync'])).toEqual(['on', 'on']);
    expect((await stat(join(place, 'data'))).mode & 0o777).toBe(0o700);
    const rules = await withConnection(cluster.url('postgres'), (client) =>
      client.query('SELECT DISTINCT auth_method FROM pg_hba_file_rules'),
    );
    expect(rules.rows).toEqual([{ auth_method: 'scram-sha-256' }]);
  });

  test('Japanese text sorts by its reading, and the port is kept', async () => {
    const first = await start();
    const sorted = await withConnection(first.url('postgres'), (client) =>
      client.query(`SELECT string_agg(w, '' ORDER BY w) AS words
                      FROM unnest(array['が', 'か', 'ア', 'い']) w`),
    );
    expect(sorted.rows).toEqual([{ words: 'アいかが' }]);
    await first.stop();
    expect((await start()).port).toBe(first.port);
  });

  test('a server left behind by kill -9 of its parent is recognised and replaced', async () => {
    const left = await leaveAnOrphan(place, folder);
    expect(isAlive(left)).toBe(true);
    const cluster = await start();
    expect(cluster.pid).not.toBe(left);
    expect(isAlive(left)).toBe(false);
    const rows = await withConnection(cluster.url('postgres'), (client) =>
      client.query('SELECT word FROM kept'),
    );
    expect(rows.rows).toEqual([{ word: '残る' }]);
  });

  test('a killed server recovers what it had committed', async () => {
    const first = await start();
    await withConnection(first.url('postgres'), (client) =>
      client.query(`CREATE TABLE kept AS SELECT '残る'::text AS word`),
    );
    process.kill(first.pid, 'SIGKILL');
    await waitUntilGone(first.pid, 5000);
    const again = await start();
    const rows = await withConnection(again.url('postgres'), (client) =>
      client.query('SELECT word FROM kept'),
    );
    expect(rows.rows).toEqual([{ word: '残る' }]);
  });

  test('a process that only has the number of an old server is left alone', async () => {
    await (await start()).stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)']);
    const file = join(place, 'data', 'postmaster.pid');
    await writeFile(file, `${stranger.pid}\n${join(place, 'data')}\n`);
    await start();
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    stranger.kill('SIGKILL');
  });

  test('a port taken by somebody else is not insisted on', async () => {
    await (await start()).stop();
    const [taken = 0] = await freePorts(1);
    await writeFile(join(place, 'port.json'), JSON.stringify({ port: taken }));
    const { createServer } = await import('node:net');
    const other = createServer();
    await new Promise<void>((done) => other.listen(taken, '127.0.0.1', done));
    try {
      expect((await start()).port).not.toBe(taken);
    } finally {
      other.close();
    }
    expect(await readIfThere(join(place, 'port.json'))).not.toContain(String(taken));
  });
});

/** Starts a cluster in a process that writes a row and is then killed. Returns the server's number. */
async function leaveAnOrphan(place: string, folder: string): Promise<number> {
  const program = `
    const { startCluster } = await import(${JSON.stringify(
      new URL(`file://${compiled('tools', 'embedded-postgres', 'index.js')}`),
    )});
    const { withConnection } = await import(${JSON.stringify(
      new URL(`file://${compiled('tools', 'databases', 'connect.js')}`),
    )});
    const cluster = await startCluster({
      place: ${JSON.stringify(place)},
      password: ${JSON.stringify(PASSWORD)},
      logFile: ${JSON.stringify(join(folder, 'postgres.log'))},
    });
    await withConnection(cluster.url('postgres'), (client) =>
      client.query("CREATE TABLE kept AS SELECT '残る'::text AS word"));
    process.stdout.write(String(cluster.pid), () => process.kill(process.pid, 'SIGKILL'));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let wept = '';
  child.stderr.on('data', (chunk: Buffer) => (wept += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  if (!/^\d+$/.test(said)) throw new Error(wept);
  return Number(said);
}
