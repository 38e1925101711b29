import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { isAlive, waitUntilGone } from '../processes.js';
import { compiled } from '../project.js';
import { ServerProcess } from './server-process.js';

/** A server in the smallest form: ready at once, ends when asked and when its supervisor is gone. */
const GOOD = `
  process.on('SIGTERM', () => process.exit(0));
  process.on('disconnect', () => process.exit(0));
  setInterval(() => 0, 1000);
  process.send({ type: 'ready' });
`;

describe('a server under its supervisor', () => {
  let folder: string;
  const begun: ServerProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'renkei-server-'));
  });
  afterEach(async () => {
    for (const server of begun.splice(0)) await server.stop(100);
    await rm(folder, { recursive: true, force: true });
  });

  const server = async (program: string, onEvent: (event: string) => void = () => undefined) => {
    const main = join(folder, 'main.mjs');
    await writeFile(main, program);
    const made = new ServerProcess({
      name: 'small',
      main,
      environment: { PATH: process.env['PATH'] ?? '', HELLO: 'こんにちは' },
      logFile: join(folder, 'small.log'),
      onEvent,
    });
    begun.push(made);
    return made;
  };

  const event = (wanted: string, act: (hear: (name: string) => void) => Promise<unknown>) =>
    new Promise<void>((resolve, reject) => {
      act((name) => name === wanted && resolve()).catch(reject);
    });

  test('it has the environment that was meant for it, and nothing else of ours', async () => {
    const tells = `console.log(JSON.stringify(Object.keys(process.env).sort()));${GOOD}`;
    await (await server(tells)).start();
    const log = await readFile(join(folder, 'small.log'), 'utf8');
    const names = JSON.parse(log) as string[];
    expect(names.filter((name) => !/^NODE_CHANNEL/.test(name))).toEqual(['HELLO', 'PATH']);
  });

  test('one that is killed comes back as another process', async () => {
    let killed = 0;
    let small: ServerProcess | undefined;
    await event('restarted', async (hear) => {
      small = await server(GOOD, hear);
      await small.start();
      killed = small.pid ?? 0;
      process.kill(killed, 'SIGKILL');
    });
    expect(small?.pid).not.toBe(killed);
    expect(isAlive(small?.pid ?? 0)).toBe(true);
  });

  test('one that cannot start says its own last sentence', async () => {
    const broken = await server(
      `console.error('renkei: BANK_LISTEN is not set.'); process.exit(1)`,
    );
    await expect(broken.start()).rejects.toThrow('BANK_LISTEN is not set.');
  });

  test('one that does not end when asked is killed after its time', async () => {
    const deaf = await server(
      `process.on('SIGTERM', () => 0); ${GOOD.replace(/^.*SIGTERM.*$/m, '')}`,
    );
    await deaf.start();
    const since = stopwatch();
    await deaf.stop(200);
    expect(elapsedMs(since)).toBeGreaterThanOrEqual(190);
    expect(isAlive(deaf.pid ?? 0)).toBe(false);
  });

  test('kill -9 of the supervisor leaves no server behind', async () => {
    const main = join(folder, 'main.mjs');
    await writeFile(main, GOOD);
    const supervisor = `
      const { ServerProcess } = await import(${JSON.stringify(
        new URL(`file://${compiled('tools', 'start', 'server-process.js')}`),
      )});
      const server = new ServerProcess({
        name: 'small', main: ${JSON.stringify(main)}, environment: {},
        logFile: ${JSON.stringify(join(folder, 'small.log'))}, onEvent() {},
      });
      await server.start();
      process.stdout.write(String(server.pid), () => process.kill(process.pid, 'SIGKILL'));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', supervisor]);
    let pid = '';
    child.stdout.on('data', (chunk: Buffer) => (pid += chunk.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    expect(Number(pid)).toBeGreaterThan(1);
    expect(await waitUntilGone(Number(pid), 5000)).toBe(true);
  });
});
