import { readFileSync, readlinkSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { elapsedMs, pause, stopwatch } from './machine-clock.js';

/** True when a process of this id exists, ours or not; a zombie is gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/** The command line of a process, '' when it is gone. Linux reads /proc: slim images have no `ps`. */
export function commandLineOf(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  if (process.platform === 'win32') {
    const asked = ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'];
    return spawnSync('tasklist', asked, { encoding: 'utf8' }).stdout ?? '';
  }
  const asked = ['-ww', '-o', 'command=', '-p', String(pid)];
  return spawnSync('ps', asked, { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** The working folder of a process, where the system tells it (Linux); undefined elsewhere. */
export function workingFolderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Waits until the process is gone; false when `limitMs` passed first. */
export async function waitUntilGone(pid: number, limitMs: number): Promise<boolean> {
  const since = stopwatch();
  while (isAlive(pid)) {
    if (elapsedMs(since) > limitMs) return false;
    await pause(20);
  }
  return true;
}

/** Sends a signal; a process that has just gone is no fault. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
