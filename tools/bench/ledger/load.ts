import { fork, type ChildProcess } from 'node:child_process';
import { compiled } from '../../project.js';
import type { Marks, Rate } from './rate.js';

/** What the load generator is asked to do. */
export interface Series {
  /**
   * `service`: orders through the group-commit writer; `confirm`: 確定 of drafts through the writer of transfers;
   * `orm`: the comparison; `statement`: first pages of short accounts; `period`, `first_page` and `balances`: the
   * next page of a period, the first one from some day on, and the three balances of `account`, as an intermediary's
   * question asks for them.
   */
  readonly work: 'service' | 'confirm' | 'orm' | 'statement' | 'period' | 'first_page' | 'balances';
  readonly url: string;
  /** How many wait for an answer at any moment; each asks again as soon as it has one. */
  readonly waiting: number;
  readonly seconds: number;
  readonly accounts: number;
  /** Whom `period`, `first_page` and `balances` ask about. */
  readonly account?: number;
  readonly isHot: boolean;
  readonly seed: number;
}

export interface LoadResult extends Rate {
  /** Answers other than `posted`. */
  readonly refused: number;
}

export type LoadAnswer =
  { readonly isWarm: true } | { readonly result: LoadResult } | { readonly fault: string };

/** The load generator is a process of its own: what it does is not the measuring process's work. */
export class LoadProcess {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(compiled('tools', 'bench', 'ledger', 'load-process.js'), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** One series at a time. Throws what the series threw, or that the process ended. */
  async run(series: Series, marks: Marks): Promise<LoadResult> {
    const answer = await new Promise<Exclude<LoadAnswer, { isWarm: true }>>((resolve, reject) => {
      const ended = () => reject(new Error('The load generator ended.'));
      this.child.once('exit', ended);
      const hear = (message: unknown): void => {
        const words = message as LoadAnswer;
        if ('isWarm' in words) {
          marks.warm();
          return;
        }
        marks.over();
        this.child.off('exit', ended);
        this.child.off('message', hear);
        resolve(words);
      };
      this.child.on('message', hear);
      this.child.send(series);
    });
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.result;
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    await gone;
  }
}
