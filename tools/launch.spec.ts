import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './project.js';

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Notes each call; "installs" a compiler that copies `tools/commands/*.ts` as they are. */
const NPM = `
  const { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
  appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
  if (existsSync('npm-fails')) process.exit(1);
  rmSync('node_modules', { recursive: true, force: true });
  mkdirSync('node_modules/typescript-native/bin', { recursive: true });
  writeFileSync('node_modules/typescript-native/bin/tsc', \`
    const { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync } = require('node:fs');
    appendFileSync('tsc-calls', 'x');
    if (existsSync('tsc-fails')) process.exit(1);
    mkdirSync('dist/tools/commands', { recursive: true });
    for (const name of readdirSync('tools/commands')) {
      cpSync('tools/commands/' + name, 'dist/tools/commands/' + name.replace('.ts', '.js'));
    }
  \`);
`;

describe('the launcher', () => {
  let clone: string;
  beforeEach(async () => {
    clone = await mkdtemp(join(tmpdir(), 'renkei-launch-'));
    await mkdir(join(clone, 'tools', 'commands'), { recursive: true });
    await cp(join(projectRoot, 'tools', 'launch.mjs'), join(clone, 'tools', 'launch.mjs'));
    await write('package-lock.json', '{}');
    await write('package.json', '{}');
    await write('tsconfig.json', '{}');
    await write('npm.cjs', NPM);
    await write('tools/commands/hello.ts', `console.log('hello', ...process.argv.slice(2))`);
  });
  afterEach(() => rm(clone, { recursive: true, force: true }));

  const write = (path: string, text: string): Promise<void> => writeFile(join(clone, path), text);
  const count = async (path: string): Promise<number> => {
    if (!existsSync(join(clone, path))) return 0;
    const text = await readFile(join(clone, path), 'utf8');
    return path === 'tsc-calls' ? text.length : text.trimEnd().split('\n').length;
  };

  const launch = (args: readonly string[], onSaid?: (kill: () => void) => void): Promise<Ended> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [join(clone, 'tools', 'launch.mjs'), ...args], {
        cwd: clone,
        env: { PATH: process.env['PATH'], npm_execpath: join(clone, 'npm.cjs') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      const hear = (chunk: Buffer): void => {
        said += chunk.toString();
        if (/hello/.test(said)) onSaid?.(() => child.kill('SIGTERM'));
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('close', (code) => resolve({ code, said }));
    });

  test('it installs and builds once, and again only when something changed', async () => {
    expect(await launch(['hello', 'a b'])).toEqual({
      code: 0,
      said: expect.stringContaining('hello a b'),
    });
    await launch(['hello']);
    expect([await count('npm-calls'), await count('tsc-calls')]).toEqual([1, 1]);
    await write('tools/commands/hello.ts', `console.log('hello again')`);
    expect((await launch(['hello'])).said).toContain('hello again');
    expect([await count('npm-calls'), await count('tsc-calls')]).toEqual([1, 2]);
    await write('package-lock.json', '{ "changed": true }');
    await launch(['hello']);
    expect([await count('npm-calls'), await count('tsc-calls')]).toEqual([2, 3]);
  });

  test('what a vanished source had been compiled to vanishes with it', async () => {
    await write('tools/commands/old.ts', '');
    await launch(['hello']);
    const old = join(clone, 'dist', 'tools', 'commands', 'old.js');
    expect(existsSync(old)).toBe(true);
    await rm(join(clone, 'tools', 'commands', 'old.ts'));
    await launch(['hello']);
    expect(existsSync(old)).toBe(false);
  });

  test('development packages are asked for whatever NODE_ENV says', async () => {
    await launch(['hello']);
    const calls = await readFile(join(clone, 'npm-calls'), 'utf8');
    expect(calls).toMatch(/^ci --include=dev --include=optional /);
  });

  test('an install that fails is one sentence in each language, not a stack, and is tried again', async () => {
    await write('npm-fails', '');
    const failed = await launch(['hello']);
    expect(failed.code).toBe(1);
    expect(failed.said).toContain('npm ci が失敗しました');
    expect(failed.said).toContain('npm ci failed');
    expect(failed.said).not.toMatch(/^\s+at /m);
    await rm(join(clone, 'npm-fails'));
    expect((await launch(['hello'])).code).toBe(0);
  });

  test('sources that do not compile end it, and are compiled again next time', async () => {
    await write('tsc-fails', '');
    const failed = await launch(['hello']);
    expect([failed.code, failed.said]).toEqual([1, expect.stringContaining('do not compile')]);
    await rm(join(clone, 'tsc-fails'));
    expect((await launch(['hello'])).code).toBe(0);
  });

  test('a linked node_modules belongs to somebody else and is never installed into', async () => {
    await launch(['hello']);
    await rename(join(clone, 'node_modules'), join(clone, 'elsewhere'));
    await symlink(join(clone, 'elsewhere'), join(clone, 'node_modules'));
    await write('package-lock.json', '{ "changed": true }');
    expect((await launch(['hello'])).code).toBe(0);
    expect(await count('npm-calls')).toBe(1);
  });

  test('two commands at once take turns: one installs, both run', async () => {
    const both = await Promise.all([launch(['hello', '1']), launch(['hello', '2'])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect([await count('npm-calls'), await count('tsc-calls')]).toEqual([1, 1]);
  });

  test('a lock left by kill -9 holds nobody up', async () => {
    await mkdir(join(clone, '.renkei'));
    await write('.renkei/launch.lock', '999999999');
    expect((await launch(['hello'])).code).toBe(0);
  });

  test('the exit code and a stop are passed on', async () => {
    await write('tools/commands/seven.ts', 'process.exit(7)');
    expect((await launch(['seven'])).code).toBe(7);
    const waits = `process.on('SIGTERM', () => process.exit(5));
      setInterval(() => 0, 1000); console.log('hello')`;
    await write('tools/commands/waits.ts', waits);
    expect((await launch(['waits'], (stop) => stop())).code).toBe(5);
  });
});
