import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabases } from '#libs/testing';
import { takePortsOfOurOwn } from '../bench/started-system.js';
import { accountForPostgres, placeForCluster } from '../embedded-postgres/index.js';
import { makeFolder } from '../files.js';
import { localAgent, localFetch } from '../http/index.js';
import { freePorts } from '../ports.js';
import { isAlive, signal, waitUntilGone } from '../processes.js';
import { compiled } from '../project.js';
import { homeAt } from './home.js';
import type { Running } from './supervisor.js';

interface Start {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
}

describe('npm start', () => {
  let folder: string;
  const started: Start[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'renkei-start-'));
    await makeFolder(folder, 0o711);
    await takePortsOfOurOwn(homeAt(folder));
  });
  afterEach(async () => {
    for (const { child, ended } of started.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    }
  });
  afterAll(async () => {
    await rm(await placeForCluster(folder, accountForPostgres()), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  /** The command itself, without the launcher: what it does after installing and building. */
  const start = (args: readonly string[] = [], more: Record<string, string> = {}): Start => {
    const { DATABASE_URL_BANK: _, RENKEI_ENV: __, ...rest } = process.env;
    const child = spawn(process.execPath, [compiled('tools', 'commands', 'start.js'), ...args], {
      env: { ...rest, RENKEI_HOME: folder, RENKEI_LAUNCH_MS: '0', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const made = { child, ended, said: () => text };
    started.push(made);
    return made;
  };

  const untilReady = (made: Start): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (/^ready in \d+\.\d s$/m.test(made.said())) resolve(made.said());
      };
      made.child.stdout?.on('data', look);
      void made.ended.then(() => reject(new Error(made.said())));
    });

  const running = async (): Promise<Running> =>
    JSON.parse(await readFile(homeAt(folder).runningFile, 'utf8')) as Running;

  const processesOf = (facts: Running): number[] =>
    [facts.supervisor, facts.gateway.pid, facts.bank.pid, facts.postgres].map(Number);

  const readyz = async ({ gateway, bank, outsideAuthority }: Running): Promise<number[]> => {
    const agent = localAgent(await readFile(outsideAuthority, 'utf8'), { keepAlive: false });
    const fetch = localFetch(agent);
    const ask = async (origin: string) => (await fetch(`${origin}/readyz`)).status;
    return [await ask(gateway.origin), await ask(bank.origin)];
  };

  test('it comes up on an empty folder, says what is next, and leaves nothing when stopped', async () => {
    const first = start(['--lang', 'en']);
    const said = await untilReady(first);
    const facts = await running();
    expect(await readyz(facts)).toEqual([200, 200]);
    expect(said).toContain(facts.gateway.origin);
    expect(said).toContain('npm run flow -- --bank 2963 --explain');
    expect(said.trimEnd().split('\n').at(-1)).toMatch(/^ready in /);
    // Off a terminal a reader of the log finds no escape byte.
    expect(said).not.toContain('\u001b');
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(processesOf(facts).filter(isAlive)).toEqual([]);
  });

  test('T-22 what it made up for itself is readable by nobody else', async () => {
    const { secrets, certificates, demo, log } = homeAt(folder);
    for (const inner of [secrets, certificates, demo, log]) {
      expect((await stat(inner)).mode & 0o077).toBe(0);
    }
    for (const name of ['database.json', 'gateway.json', 'bank-kek.hex']) {
      expect((await stat(join(secrets, name))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(homeAt(folder).stateFile)).mode & 0o777).toBe(0o600);
  });

  test('kill -9 of the supervisor takes the servers with it, and the next start recovers', async () => {
    await untilReady(start());
    const before = await running();
    signal(before.supervisor, 'SIGKILL');
    for (const pid of [before.gateway.pid, before.bank.pid]) {
      expect(await waitUntilGone(Number(pid), 15_000)).toBe(true);
    }
    await untilReady(start());
    const after = await running();
    expect(await readyz(after)).toEqual([200, 200]);
    expect(after.gateway.origin).toBe(before.gateway.origin);
    expect(isAlive(Number(before.postgres))).toBe(false);
  });

  test('a second start in the same folder is refused and harms nothing', async () => {
    await untilReady(start());
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(/already runs in this folder \(process \d+\)/);
    expect(await readyz(await running())).toEqual([200, 200]);
  });

  test('databases of one’s own replace the packaged PostgreSQL', async () => {
    await takePortsOfOurOwn(homeAt(join(folder, 'own')));
    const { bank, gateway, stop } = await startDatabases();
    try {
      const own = start([], {
        RENKEI_HOME: join(folder, 'own'),
        DATABASE_URL_BANK: bank.appUrl,
        DATABASE_URL_BANK_OWNER: bank.ownerUrl,
        DATABASE_URL_GATEWAY: gateway.appUrl,
        DATABASE_URL_GATEWAY_OWNER: gateway.ownerUrl,
      });
      expect(await untilReady(own)).toMatch(/taro-2963/);
      expect(existsSync(join(folder, 'own', 'postgres'))).toBe(false);
      own.child.kill('SIGTERM');
      expect(await own.ended).toBe(0);
    } finally {
      await stop();
    }
  });

  test('a port that the user gave and that is taken is named in one sentence', async () => {
    const [port = 0] = await freePorts(1);
    const other = createServer();
    await new Promise<void>((done) => other.listen(port, '127.0.0.1', done));
    const refused = start(['--port', String(port)]);
    expect(await refused.ended).toBe(1);
    other.close();
    expect(refused.said()).toContain(`Port ${port} is taken`);
    expect(refused.said()).not.toMatch(/^\s+at /m);
  });

  test('a database URL that does not answer is named in one sentence', async () => {
    const [port = 0] = await freePorts(1);
    const url = `postgres://u:p@127.0.0.1:${port}/d`;
    const refused = start([], { DATABASE_URL_BANK: url });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toContain('The database of DATABASE_URL_BANK does not answer');
    expect(refused.said()).not.toMatch(/^\s+at /m);
  });

  test('a data folder that cannot be written is named in one sentence', async () => {
    const refused = start([], { RENKEI_HOME: join(folder, 'state.json', 'below-a-file') });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toMatch(/The data folder .* cannot be written/);
  });

  test('T-23 an address off this machine is refused until the mode is said', async () => {
    const refused = start([], { DATABASE_URL_BANK: 'postgres://u:p@db.example/d' });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toContain('say which mode you mean');
  });
});
