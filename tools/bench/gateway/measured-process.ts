import { fork, type ChildProcess } from 'node:child_process';
import { compiled } from '../../project.js';
import { waitUntilReadyInside } from '../../start/ready.js';
import type { Question, Usage } from './usage-preload.js';

type Words = {
  readonly type?: string;
  readonly operationsPort?: number;
  readonly usage?: Usage;
  readonly isProfiled?: boolean;
  readonly verifyUs?: number;
};

/** One server of the bench as a process of its own, whose processor time can be asked for. */
export class MeasuredProcess {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts a compiled main file and waits until it says that it is ready. */
  static async start(
    name: string,
    main: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<MeasuredProcess> {
    const child = fork(main, [], {
      env: environment,
      execArgv: ['--import', compiled('tools/bench/gateway/usage-preload.js')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const process = new MeasuredProcess(name, child);
    const ready = await process.hear((words) => (words.type === 'ready' ? words : undefined));
    // A gateway listens before it has read bank-core's streams.
    if (ready.operationsPort !== undefined) await waitUntilReadyInside(ready.operationsPort);
    return process;
  }

  /** Microseconds of processor time so far. */
  async cpuUs(): Promise<number> {
    const answer = this.hear((words) => words.usage?.cpuUs);
    this.ask({ tell: 'usage' });
    return answer;
  }

  /** Of the verifying process: what one verification takes, from `ms` of them. */
  async verifyUs(ms: number): Promise<number> {
    const answer = this.hear((words) => words.verifyUs);
    this.child.send({ verifyForMs: ms });
    return answer;
  }

  /** Called once it begins a profile, called again it writes it to `file`. */
  async profile(file: string): Promise<void> {
    const answer = this.hear((words) => words.isProfiled);
    this.ask({ profile: file });
    await answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }

  private ask(question: Question): void {
    this.child.send(question);
  }

  private hear<Value>(pick: (words: Words) => Value | undefined): Promise<Value> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`${this.name} ended.`));
      const listen = (words: Words): void => {
        const value = pick(words);
        if (value === undefined) return;
        this.child.off('message', listen);
        this.child.off('exit', ended);
        resolve(value);
      };
      this.child.on('message', listen);
      this.child.once('exit', ended);
    });
  }
}
