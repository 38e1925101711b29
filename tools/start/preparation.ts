import { fork } from 'node:child_process';
import type { Words } from '#libs/kernel';
import { Failure } from '../failure.js';
import { compiled } from '../project.js';
import type { Side } from '../databases/index.js';
import type { BankSeedOptions, DemoOfficer, DemoPerson, GatewaySeedOptions } from './seeds.js';

/** Work on a database that needs a lot of memory for a short time. */
export type Task =
  | { readonly kind: 'migrate'; readonly side: Side; readonly ownerUrl: string }
  | {
      readonly kind: 'seed_bank';
      readonly ownerUrl: string;
      readonly keyHex: string;
      readonly size: BankSeedOptions['size'];
    }
  | {
      readonly kind: 'seed_gateway';
      readonly ownerUrl: string;
      readonly clients: GatewaySeedOptions['clients'];
    };

/** What the child reports while it works. */
export type Report =
  | { readonly type: 'progress'; readonly done: number; readonly total: number; what: Words }
  | { readonly type: 'people'; readonly people: readonly DemoPerson[] }
  | { readonly type: 'staff'; readonly officers: readonly DemoOfficer[] }
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly stack: string; readonly words?: Words };

export interface Preparation {
  readonly finished: Promise<void>;
  kill(): void;
}

/**
 * Runs a task in a process of its own: TypeORM, password hashing and the generated rows leave with
 * it, and a Ctrl-C in the middle of a seed is heard at once.
 */
export function prepareApart(task: Task, onReport: (report: Report) => void): Preparation {
  const child = fork(compiled('tools', 'start', 'preparation-child.js'), [], {
    execPath: process.execPath,
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  const finished = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      const report = message as Report;
      if (report.type === 'finished') resolve();
      else if (report.type === 'failed') {
        reject(report.words ? new Failure(report.words) : new Error(report.stack));
      } else onReport(report);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`${task.kind} ended with ${signal ?? `exit code ${code}`}.`));
    });
  });
  child.send(task);
  return { finished, kill: () => child.kill('SIGKILL') };
}
