import { readFile } from 'node:fs/promises';
import { Pool } from 'undici';
import { Door, type WireAnswer, type WireRequest } from '../gateway-ground/door.js';
import type { Stage } from '../gateway-ground/stage.js';

/** The ways to everything that listens, beside the gateway's own door. */
export class Ways {
  private constructor(
    readonly console: Door,
    /** What an institution publishes. */
    readonly bank: Door,
    readonly inside: InnerDoor,
  ) {}

  static async open(stage: Stage): Promise<Ways> {
    const authority = await readFile(stage.certificates.outsideAuthority, 'utf8');
    const doorTo = (origin: string): Door => {
      const { port, host } = new URL(origin);
      return new Door(Number(port), host, authority);
    };
    const inside = await InnerDoor.open(stage);
    return new Ways(doorTo(stage.consoleOrigin), doorTo(stage.bankOrigin), inside);
  }

  async close(): Promise<void> {
    await Promise.all([this.console.close(), this.bank.close(), this.inside.close()]);
  }
}

/** The way to bank-core's inner listener, with the gateway's own certificate. */
export class InnerDoor {
  private constructor(
    private readonly pool: Pool,
    private readonly stage: Stage,
  ) {}

  static async open(stage: Stage): Promise<InnerDoor> {
    const { gatewayInternal, insideAuthority } = stage.certificates;
    const read = (file: string) => readFile(file, 'utf8');
    const [cert, key, ca] = await Promise.all(
      [gatewayInternal.certificate, gatewayInternal.key, insideAuthority].map(read),
    );
    const connect = { servername: 'bank-core.internal', cert, key, ca } as Pool.Options['connect'];
    const origin = `https://127.0.0.1:${stage.bankInternalPort}`;
    return new InnerDoor(
      new Pool(origin, { connections: 8, ...(connect ? { connect } : {}) }),
      stage,
    );
  }

  async ask({ method, path, headers, body }: WireRequest): Promise<WireAnswer> {
    const answer = await this.pool.request({
      method,
      path,
      headers: {
        'x-fapi-interaction-id': crypto.randomUUID(),
        'x-renkei-chain-partner': 'none',
        'x-renkei-idempotency-key': crypto.randomUUID(),
        ...headers,
        host: `bank-core.internal:${this.stage.bankInternalPort}`,
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}
