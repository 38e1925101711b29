import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localAgent } from '../http/local-agent.js';
import { compiled } from '../project.js';
import { waitUntilReady, waitUntilReadyInside } from './ready.js';
import {
  bankEnvironment,
  bankOrigin,
  gatewayEnvironment,
  gatewayOrigin,
  type ServerSetting,
} from './server-environment.js';
import { ServerProcess } from './server-process.js';

export interface ServersOptions {
  readonly setting: ServerSetting;
  readonly logFolder: string;
  readonly onEvent: (server: string, event: 'ended' | 'restarted', detail: string) => void;
  /** Compiled main files; tests of the supervisor put small programs here. */
  readonly programs?: { readonly bank: string; readonly gateway: string };
}

/** Both servers, started together and watched. */
export class Servers {
  readonly bank: ServerProcess;
  readonly gateway: ServerProcess;

  constructor(private readonly options: ServersOptions) {
    const programs = options.programs ?? {
      bank: compiled('apps', 'bank-core', 'src', 'main.js'),
      gateway: compiled('apps', 'gateway', 'src', 'main.js'),
    };
    const { setting } = options;
    this.bank = this.#process('bank-core', programs.bank, bankEnvironment(setting));
    this.gateway = this.#process('gateway', programs.gateway, gatewayEnvironment(setting));
  }

  /** Resolves when both answer on their public listeners over TLS. */
  async start(): Promise<void> {
    await Promise.all([this.bank.start(), this.gateway.start()]);
    const { ports, certificates } = this.options.setting;
    const authority = await readFile(certificates.outsideAuthority, 'utf8');
    // An operator's own certificate need not be signed by us; who listens there we started.
    const isOwn = Boolean(process.env['BANK_TLS_CERT'] ?? process.env['GATEWAY_TLS_CERT']);
    const agent = localAgent(authority, { keepAlive: false, rejectUnauthorized: !isOwn });
    const origins = [
      process.env['BANK_PUBLIC_ORIGIN'] ?? bankOrigin(ports),
      process.env['GATEWAY_PUBLIC_ORIGIN'] ?? gatewayOrigin(ports),
    ];
    const privatePorts = [this.bank.operationsPort, this.gateway.operationsPort];
    await Promise.all(
      origins.map((origin, nth) => {
        const inside = privatePorts[nth];
        return inside === undefined ? waitUntilReady(origin, agent) : waitUntilReadyInside(inside);
      }),
    );
  }

  /** The gateway first: it finishes its calls while bank-core still answers. */
  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.bank.stop();
  }

  kill(): void {
    this.gateway.kill();
    this.bank.kill();
  }

  #process(name: string, main: string, environment: Readonly<Record<string, string>>) {
    const logFile = join(this.options.logFolder, `${name}.log`);
    const onEvent = (event: 'ended' | 'restarted', detail: string): void =>
      this.options.onEvent(name, event, detail);
    return new ServerProcess({ name, main, environment, logFile, onEvent });
  }
}
