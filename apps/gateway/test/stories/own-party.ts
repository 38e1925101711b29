import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiCall, Intermediary } from '../../../../tools/flow/intermediary.js';
import { ConsoleOfficers } from './console-officers.js';
import { AOBA, MINATO, type Scene } from './scene.js';

export const ME = '/v1/participants/me';

/** One intermediary's software with the token of its own affairs. */
export class OwnParty {
  private constructor(
    readonly software: Intermediary,
    readonly token: string,
  ) {}

  static async of(scene: Scene, epspId: string): Promise<OwnParty> {
    const software = scene.intermediary(epspId);
    return new OwnParty(software, await software.ownToken('participants'));
  }

  ask(method: string, path: string, call: ApiCall = {}): Promise<ApiAnswer> {
    return this.software.send(method, this.token, `${ME}${path}`, call);
  }

  get(path: string): Promise<ApiAnswer> {
    return this.ask('GET', path);
  }

  post(path: string, body: object, key: string = randomUUID()): Promise<ApiAnswer> {
    return this.ask('POST', path, { body, headers: { 'idempotency-key': key } });
  }
}

/** Two intermediaries, of which one is nothing to the other, and two officers. */
export async function ownAffairsOf(scene: Scene) {
  const { system } = scene;
  return {
    officers: await ConsoleOfficers.logIn({
      consoleOrigin: `https://console.localhost:${system.ports.console}`,
      fetch: system.fetch,
      officers: system.officers,
      databaseUrl: system.databases.bank.appUrl,
    }),
    minato: await OwnParty.of(scene, MINATO),
    aoba: await OwnParty.of(scene, AOBA),
  };
}

export const dataOf = ({ body }: ApiAnswer) => body['data'] as Record<string, unknown>[];
export const refusal = ({ status, body }: ApiAnswer) => [status, body['code']];
