import type { Lab } from './lab.js';
import type { Marks, Rate } from './rate.js';
import { serverCpuUs } from './server-cost.js';

/** A cell measured once: what it committed, and what that took of the server. */
export interface Measurement extends Rate {
  /** Microseconds of the server's processors per commit; undefined where there is no /proc. */
  readonly cpuUs: number | undefined;
  readonly walBytes: number;
}

/** One way of doing work. */
export interface Cell<Name extends string = string> {
  readonly name: Name;
  /** Makes what a run of so many seconds uses up; nobody measures it. */
  prepare?(seconds: number): Promise<void>;
  /** Measures for so many seconds after a second of warming, and says when both begin and end. */
  run(seconds: number, marks: Marks): Promise<Rate>;
  /** Looks at what a run left behind; throws when it is wrong. */
  verify(rate: Rate): Promise<void>;
}

/** The run with the server's cost around it, then the invariants. */
export async function measureCell(lab: Lab, cell: Cell, seconds: number): Promise<Measurement> {
  const cpu: { warm?: number | undefined; over?: number | undefined } = {};
  const marks: Marks = {
    warm: () => (cpu.warm = serverCpuUs(lab.serverPid)),
    over: () => (cpu.over = serverCpuUs(lab.serverPid)),
  };
  await cell.prepare?.(seconds);
  const wal = await lab.walBytes();
  const rate = await cell.run(seconds, marks);
  const walAfter = await lab.walBytes();
  await cell.verify(rate);
  const used = cpu.warm === undefined || cpu.over === undefined ? undefined : cpu.over - cpu.warm;
  return {
    ...rate,
    cpuUs: used === undefined ? undefined : used / rate.committedWarm,
    walBytes: (walAfter - wal) / rate.committed,
  };
}
