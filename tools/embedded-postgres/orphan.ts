import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import { readIfThere } from '../files.js';
import { commandLineOf, isAlive, signal, waitUntilGone, workingFolderOf } from '../processes.js';

const STOP_MS = 20_000;

/**
 * Stops the server that an earlier start left behind: kill -9 of a supervisor leaves PostgreSQL
 * running. Its pid file says which process; a number that the system has given to another program
 * meanwhile is never signalled.
 */
export async function stopOrphan(dataFolder: string): Promise<'none' | 'stale' | 'stopped'> {
  const file = join(dataFolder, 'postmaster.pid');
  const text = await readIfThere(file);
  if (text === undefined) return 'none';
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isServerOf(pid, dataFolder)) {
    await rm(file, { force: true });
    return 'stale';
  }
  signal(pid, 'SIGINT');
  if (await waitUntilGone(pid, STOP_MS)) return 'stopped';
  throw new Failure({
    ja: `前回の PostgreSQL（プロセス ${pid}）が止まりません。そのプロセスを終了してから、もう一度実行してください。`,
    en:
      `The PostgreSQL of an earlier start (process ${pid}) does not ` +
      'stop; end that process, then run the command again.',
  });
}

/** True when the process is a postgres whose data folder is this one. */
export function isServerOf(pid: number, dataFolder: string): boolean {
  if (!isAlive(pid)) return false;
  const commandLine = commandLineOf(pid);
  if (!/postgres/.test(commandLine)) return false;
  const folder = workingFolderOf(pid);
  if (folder !== undefined) return folder === realpathSync(dataFolder);
  return commandLine.includes(dataFolder) || process.platform === 'win32';
}
