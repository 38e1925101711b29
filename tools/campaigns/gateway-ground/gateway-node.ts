import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { compiled } from '../../project.js';
import { signal } from '../../processes.js';

export interface NodeSetting {
  /** Where this process listens; by name it is the same gateway as all the others. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** One process of the gateway. Nobody restarts it but the campaign. */
export class GatewayNode {
  #child: ChildProcess | undefined;
  #isListening = false;

  constructor(readonly setting: NodeSetting) {}

  get port(): number {
    return this.setting.port;
  }

  /** True from the moment it said that it listens until it is gone. */
  get isListening(): boolean {
    return this.#isListening && this.isUp;
  }

  get isUp(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it listens; it may still refuse, until it has read the bank's streams. */
  async start(): Promise<void> {
    const log = openSync(this.setting.logFile, 'a', 0o600);
    const main = compiled('apps', 'gateway', 'src', 'main.js');
    const child = spawn(process.execPath, [main], {
      env: { ...this.setting.environment },
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    this.#isListening = false;
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('error', reject);
      child.once('exit', (code, name) =>
        reject(new Error(`A gateway ended at its start: ${name ?? code}. ${this.setting.logFile}`)),
      );
    });
    this.#isListening = true;
  }

  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Lets it drain. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  pauseProcess(): void {
    if (this.#child?.pid) signal(this.#child.pid, 'SIGSTOP');
  }

  resumeProcess(): void {
    if (this.#child?.pid) signal(this.#child.pid, 'SIGCONT');
  }

  async #end(name: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !this.isUp) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(name);
    await gone;
  }
}
