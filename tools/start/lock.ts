import { open, rm } from 'node:fs/promises';
import { Failure } from '../failure.js';
import { readJsonIfThere } from '../files.js';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';
import { commandLineOf, isAlive } from '../processes.js';
import type { Home } from './home.js';

interface Holder {
  readonly pid: number;
}

/** An earlier supervisor whose launcher was killed needs this long to stop in order. */
const PATIENCE_MS = 8000;

/**
 * One supervisor per data folder. A file left by kill -9 is recognised: its process is gone, or
 * its number belongs to another program by now. Returns what gives the folder back.
 */
export async function takeLock(home: Home): Promise<() => Promise<void>> {
  const since = stopwatch();
  for (;;) {
    if (await claim(home.lockFile)) return () => rm(home.lockFile, { force: true });
    const holder = await readHolder(home.lockFile);
    if (!holder || !isSupervisor(holder.pid)) await rm(home.lockFile, { force: true });
    else if (elapsedMs(since) > PATIENCE_MS) throw alreadyRunning(holder.pid);
    else await pause(100);
  }
}

async function claim(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${JSON.stringify({ pid: process.pid } satisfies Holder)}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined also for a file that was cut while being written: then nobody holds the folder. */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return await readJsonIfThere<Holder>(file);
  } catch {
    return undefined;
  }
}

const isSupervisor = (pid: number): boolean =>
  pid !== process.pid &&
  isAlive(pid) &&
  (process.platform === 'win32' || /node.*commands.start\.js/.test(commandLineOf(pid)));

const alreadyRunning = (pid: number): Failure =>
  new Failure({
    ja: `このフォルダーの Renkei はすでに動いています（プロセス ${pid}）。止めてから実行するか、RENKEI_HOME で別のフォルダーを指定してください。`,
    en:
      `Renkei already runs in this folder (process ${pid}); stop it ` +
      'first, or set RENKEI_HOME to another folder.',
  });
