import { fork, type ChildProcess } from 'node:child_process';
import type {
  LedgerAnswer,
  LedgerOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import { signal } from '../../processes.js';
import { compiled } from '../../project.js';
import { Busy, Unknown, type Door } from './door.js';

export interface Asked {
  readonly id: number;
  readonly institutionId: number;
  readonly order: LedgerOrder;
}

export type Told =
  | { readonly id: number; readonly answer: LedgerAnswer }
  | { readonly id: number; readonly busy: true }
  | { readonly id: number; readonly fault: string };

interface Waiting {
  readonly resolve: (answer: LedgerAnswer) => void;
  readonly reject: (error: Error) => void;
}

const PROGRAM = compiled('tools', 'campaigns', 'bank-test', 'writer-child.js');

/** A writer in a process of its own. What it had not answered when it died is unknown. */
export class WriterProcess implements Door {
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #ready: Promise<void> = Promise.resolve();
  #asked = 0;
  #isClosed = false;

  constructor(
    readonly name: string,
    private readonly url: string,
  ) {}

  /** Resolves when it listens; a process that has died is replaced at once. */
  start(): Promise<void> {
    const child = fork(PROGRAM, [], {
      serialization: 'advanced',
      env: { ...process.env, BANK_TEST_URL: this.url, BANK_TEST_NAME: this.name },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    this.#ready = new Promise((resolve) => {
      child.on('message', (told: Told | 'ready') => {
        if (told === 'ready') resolve();
        else this.#hear(told);
      });
      child.once('exit', () => {
        resolve();
        this.#lose();
        if (!this.#isClosed) void this.start();
      });
      child.on('error', () => undefined);
    });
    return this.#ready;
  }

  async place(institutionId: number, order: LedgerOrder): Promise<LedgerAnswer> {
    await this.#ready;
    return new Promise((resolve, reject) => {
      const id = (this.#asked += 1);
      this.#waiting.set(id, { resolve, reject });
      const asked: Asked = { id, institutionId, order };
      this.#child?.send(asked, (error) => {
        if (error) this.#take(id)?.reject(new Unknown(error.message));
      });
    });
  }

  /** Orders on their way inside the process. */
  get waiting(): number {
    return this.#waiting.size;
  }

  kill(): void {
    this.#signal('SIGKILL');
  }

  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  close(): Promise<void> {
    this.#isClosed = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once('exit', () => resolve());
      this.kill();
    });
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#child?.pid) signal(this.#child.pid, name);
  }

  #hear(told: Told): void {
    const waiting = this.#take(told.id);
    if ('answer' in told) waiting?.resolve(told.answer);
    else waiting?.reject('busy' in told ? new Busy() : new Unknown(told.fault));
  }

  #lose(): void {
    for (const id of this.#waiting.keys()) {
      this.#take(id)?.reject(new Unknown(`${this.name} has died`));
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
