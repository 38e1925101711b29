import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elapsedMs, stopwatch } from '../machine-clock.js';
import { freePorts } from '../ports.js';
import { signal, waitUntilGone } from '../processes.js';
import { homeAt, type Home } from '../start/home.js';
import { writeState } from '../start/state.js';
import type { Running } from '../start/supervisor.js';

/** `npm start` of a clone, as a child of ours, in a data folder of its own. */
export interface StartedSystem {
  readonly home: Home;
  /** Seconds from the command to its line `ready in`. */
  readonly readyS: number;
  /** Reads `.renkei/running.json` anew: a server that fell has another process now. */
  running(): Running;
  /** As Ctrl-C would; resolves when the supervisor is gone. */
  stop(): Promise<void>;
}

const LIMIT_MS = 300_000;

/**
 * Ports that nobody else prefers, written as if remembered from last time: a server that is down for
 * a moment must not lose its port to another system that starts on this machine meanwhile.
 */
export async function takePortsOfOurOwn(home: Home): Promise<void> {
  const [gateway = 0, bank = 0, bankInternal = 0, application = 0, gatewayMutual = 0, console = 0] =
    await freePorts(6);
  const ports = { gateway, gatewayMutual, bank, bankInternal, application, console };
  await writeState(home, { ports, isSeeded: false });
}

/** Runs `npm start` in `clone` and waits for its last line. Throws what it said when it ends early. */
export async function startSystem(clone: string, homeFolder: string): Promise<StartedSystem> {
  const since = stopwatch();
  const env: NodeJS.ProcessEnv = { ...process.env, RENKEI_HOME: homeFolder };
  // As a person would type it: nothing of the command that runs us leads its npm astray.
  for (const name of Object.keys(env)) if (/^npm_|^INIT_CWD$/.test(name)) delete env[name];
  const isWindows = process.platform === 'win32';
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env,
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !isWindows,
  });
  // It has a group of its own, so a Ctrl-C or a kill of us must be passed on.
  const passOn = (): void => {
    if (child.pid) signal(isWindows ? child.pid : -child.pid, 'SIGTERM');
    process.exit(1);
  };
  process.once('SIGINT', passOn);
  process.once('SIGTERM', passOn);
  const said = await untilReady(child);
  if (!/^ready in/m.test(said)) throw new Error(`npm start did not get ready:\n${said}`);
  const readyS = elapsedMs(since) / 1000;
  const home = homeAt(homeFolder);
  const running = (): Running => JSON.parse(readFileSync(home.runningFile, 'utf8')) as Running;
  return {
    home,
    readyS,
    running,
    async stop() {
      process.off('SIGINT', passOn);
      process.off('SIGTERM', passOn);
      const { supervisor } = running();
      signal(supervisor, 'SIGTERM');
      if (!(await waitUntilGone(supervisor, 30_000))) throw new Error('npm start does not stop.');
    },
  };
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => resolve(said), LIMIT_MS);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/^ready in/m.test(said)) {
        clearTimeout(timer);
        resolve(said);
      }
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}

/** Resident memory in MB as the system counts it; null where it does not tell. */
export function residentMb(pid: number | undefined): number | null {
  try {
    const status = readFileSync(join('/proc', String(pid), 'status'), 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
    return Math.round(kilobytes / 102.4) / 10;
  } catch {
    return null;
  }
}
