import { serverCpuUs } from './server-cost.js';
import type { Lab } from './lab.js';
import type { Rate } from './rate.js';

/** A cell measured once: what it committed, and what that took of the server. */
export interface Measurement extends Rate {
  /** Microseconds of the server's processors per commit; undefined where there is no /proc. */
  readonly cpuUs: number | undefined;
  readonly walBytes: number;
}

/** One way of doing work. `run` throws when what it did was wrong. */
export interface Cell<Name extends string = string> {
  readonly name: Name;
  run(seconds: number): Promise<Rate>;
  /** Looks at what a run left behind; throws when it is wrong. */
  verify(rate: Rate): Promise<void>;
}

/** A checkpoint, the series with the server's cost around it, then the invariants. */
export async function measureCell(lab: Lab, cell: Cell, seconds: number): Promise<Measurement> {
  await lab.checkpoint();
  const [wal, cpu] = [await lab.walBytes(), serverCpuUs(lab.serverPid)];
  const rate = await cell.run(seconds);
  const [walAfter, cpuAfter] = [await lab.walBytes(), serverCpuUs(lab.serverPid)];
  await cell.verify(rate);
  return {
    ...rate,
    cpuUs:
      cpu === undefined || cpuAfter === undefined ? undefined : (cpuAfter - cpu) / rate.committed,
    walBytes: (walAfter - wal) / rate.committed,
  };
}
