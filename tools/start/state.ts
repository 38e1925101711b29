import { Failure } from '../failure.js';
import { readJsonIfThere, writeJson } from '../files.js';
import { elapsedMs, pause, stopwatch } from '../machine-clock.js';
import { freePorts, isPortFree } from '../ports.js';
import type { Home } from './home.js';
import type { StartOptions } from './options.js';

/** Loopback ports of one installation, chosen at its first start and kept. */
export interface Ports {
  readonly gateway: number;
  /** Of the gateway's host for calls with a client certificate. */
  readonly gatewayMutual: number;
  readonly bank: number;
  readonly bankInternal: number;
  /** Of the officers' API and, with it, their console. */
  readonly console: number;
  /** Redirect address of the demonstration's intermediaries. */
  readonly application: number;
}

export interface State {
  readonly ports: Ports;
  /** True once both seeds have run to their end. */
  readonly isSeeded: boolean;
}

const PREFERRED: Ports = {
  gateway: 8443,
  bank: 8444,
  bankInternal: 8445,
  application: 8446,
  gatewayMutual: 8447,
  console: 8448,
};
const LINGER_MS = 3000;

export const readState = (home: Home): Promise<State | undefined> =>
  readJsonIfThere<State>(home.stateFile);

export const writeState = (home: Home, state: State): Promise<void> =>
  writeJson(home.stateFile, state);

/** What the user named must be free; what we remember is replaced when somebody else took it. */
export async function choosePorts(last: Ports | undefined, options: StartOptions): Promise<Ports> {
  await refuseTaken('--port', options.port);
  await refuseTaken('--bank-port', options.bankPort);
  if (options.port !== undefined && options.port === options.bankPort) throw samePort();
  const named = [options.port, options.bankPort].filter((port) => port !== undefined);
  const taken = new Set<number>(named);
  const pick = async (remembered: number | undefined, preferred: number): Promise<number> => {
    const wished = remembered ?? preferred;
    if (!taken.has(wished) && (await becomesFree(wished, remembered !== undefined))) {
      taken.add(wished);
      return wished;
    }
    const [port = 0] = (await freePorts(6)).filter((free) => !taken.has(free));
    taken.add(port);
    return port;
  };
  return {
    gateway: options.port ?? (await pick(last?.gateway, PREFERRED.gateway)),
    gatewayMutual: await pick(last?.gatewayMutual, PREFERRED.gatewayMutual),
    bank: options.bankPort ?? (await pick(last?.bank, PREFERRED.bank)),
    bankInternal: await pick(last?.bankInternal, PREFERRED.bankInternal),
    console: await pick(last?.console, PREFERRED.console),
    // Nobody listens here but `npm run flow -- --browser`, and the clients are registered with it.
    application: last?.application ?? (await pick(undefined, PREFERRED.application)),
  };
}

/** A server whose supervisor was killed leaves its port within a moment: a new one would be worse. */
async function becomesFree(port: number, isRemembered: boolean): Promise<boolean> {
  const since = stopwatch();
  while (!(await isPortFree(port))) {
    if (!isRemembered || elapsedMs(since) > LINGER_MS) return false;
    await pause(100);
  }
  return true;
}

async function refuseTaken(name: string, port: number | undefined): Promise<void> {
  if (port === undefined || (await becomesFree(port, true))) return;
  throw new Failure({
    ja: `ポート ${port} はほかのプログラムが使用中です。${name} に別の番号を指定するか、そのプログラムを止めてください。`,
    en: `Port ${port} is taken by another program; give ${name} another number, or stop that program.`,
  });
}

const samePort = (): Failure =>
  new Failure({
    ja: '--port と --bank-port には別々の番号を指定してください。',
    en: 'Give --port and --bank-port different numbers.',
  });
