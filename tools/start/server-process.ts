import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';
import type { Environment } from './server-environment.js';

const LOG_BYTES_MAX = 10_000_000;
const BACKOFF_MS = [100, 300, 1000, 3000, 10_000];
/** A server that has run this long has recovered; its next fall begins the backoff anew. */
const STEADY_MS = 5000;

export interface ServerProcessOptions {
  /** Shown to people, for example `bank-core`. */
  readonly name: string;
  /** The compiled main file. */
  readonly main: string;
  readonly environment: Environment;
  readonly logFile: string;
  /** Called with a sentence when the server ends unasked, and when it is back. */
  readonly onEvent: (event: 'ended' | 'restarted', detail: string) => void;
  /** Options for Node itself. */
  readonly nodeOptions?: readonly string[];
}

/**
 * One server as our child, in a group of its own so that Ctrl-C reaches the supervisor alone. The
 * channel between us closes when we die, even by kill -9, and the server then drains and exits.
 */
export class ServerProcess {
  #child: ChildProcess | undefined;
  #isStopping = false;
  #falls = 0;
  #operationsPort: number | undefined;

  constructor(private readonly options: ServerProcessOptions) {}

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Where it is asked for readiness, as it told when it was ready. */
  get operationsPort(): number | undefined {
    return this.#operationsPort;
  }

  /** Starts it once and waits until it says that it listens. Throws its own last words otherwise. */
  async start(): Promise<void> {
    rotate(this.options.logFile);
    const ended = await this.#launch();
    if (ended !== undefined) throw new Error(lastWords(this.options.logFile) ?? ended);
  }

  /** Lets it finish what it is doing; after `limitMs` it is killed. */
  async stop(limitMs = 12_000): Promise<void> {
    this.#isStopping = true;
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    await gone;
    clearTimeout(timer);
  }

  kill(): void {
    this.#isStopping = true;
    this.#child?.kill('SIGKILL');
  }

  /** Resolves with undefined at the ready message, with the way it ended when it never came. */
  #launch(): Promise<string | undefined> {
    const log = openSync(this.options.logFile, 'a', 0o600);
    const child = spawn(
      process.execPath,
      [...(this.options.nodeOptions ?? []), this.options.main],
      {
        env: this.options.environment,
        detached: true,
        stdio: ['ignore', log, log, 'ipc'],
      },
    );
    closeSync(log);
    this.#child = child;
    const since = stopwatch();
    return new Promise((resolve) => {
      const state = { isReady: false };
      child.on('message', (message: unknown) => {
        if (!isReadyMessage(message)) return;
        this.#operationsPort = message.operationsPort;
        state.isReady = true;
        resolve(undefined);
      });
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        const end = signal ? `signal ${signal}` : `exit code ${code}`;
        resolve(end);
        if (state.isReady && !this.#isStopping) void this.#restart(end, elapsedMs(since));
      });
    });
  }

  async #restart(end: string, livedMs: number): Promise<void> {
    if (livedMs > STEADY_MS) this.#falls = 0;
    this.options.onEvent('ended', end);
    while (!this.#isStopping) {
      await pause(BACKOFF_MS[Math.min(this.#falls, BACKOFF_MS.length - 1)] ?? 0);
      this.#falls += 1;
      if (this.#isStopping) return;
      const failed = await this.#launch();
      if (failed === undefined) {
        this.options.onEvent('restarted', String(this.pid));
        return;
      }
      this.options.onEvent('ended', lastWords(this.options.logFile) ?? failed);
    }
  }
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

interface ReadyMessage {
  readonly type: 'ready';
  readonly operationsPort?: number;
}

const isReadyMessage = (message: unknown): message is ReadyMessage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
}

/** The server's own sentence about a wrong setting, or the head of its last stack. */
function lastWords(file: string): string | undefined {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-60);
  const own = lines.findLast((line) => line.startsWith('renkei: '));
  return own?.slice('renkei: '.length) ?? lines.findLast((line) => /Error/.test(line));
}
