import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

/** What one series took of the server, per transaction. */
export interface ServerCost {
  /** Microseconds of processor time of all processes of the server; undefined where there is no /proc. */
  readonly cpuUs: number | undefined;
  readonly walBytes: number;
}

let ticksPerSecond: number | undefined;

function ticks(): number {
  ticksPerSecond ??= Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;
  return ticksPerSecond;
}

/**
 * Microseconds that the server has used so far: the postmaster, its ended children (which it has waited for)
 * and those that live. Counts the writers of WAL and checkpoints too: they work for the transactions.
 */
export function serverCpuUs(postmaster: number): number | undefined {
  const own = processTicks(postmaster);
  if (own === undefined) return undefined;
  const children = childrenOf(postmaster).map((pid) => processTicks(pid) ?? 0);
  return ((own + children.reduce((sum, each) => sum + each, 0)) * 1_000_000) / ticks();
}

/** utime, stime and those of the children that were waited for. Source: proc_pid_stat(5), fields 14 to 17. */
function processTicks(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
