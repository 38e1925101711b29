import pg from 'pg';
import { elapsedMs, stopwatch } from '../../machine-clock.js';
import type { Stage } from '../gateway-ground/stage.js';

/** Hears of every token that ends, in the moment of the commit, as each process of the gateway does. */
export class TokenEnds {
  readonly #heard = new Map<string, number>();

  private constructor(
    private readonly client: pg.Client,
    /** When listening began; all times are milliseconds since. */
    private readonly since: ReturnType<typeof stopwatch>,
  ) {}

  static async listen(stage: Stage): Promise<TokenEnds> {
    const client = new pg.Client({ connectionString: stage.databases.gateway.adminUrl });
    await client.connect();
    const ends = new TokenEnds(client, stopwatch());
    client.on('notification', ({ payload = '' }) => {
      if (!ends.#heard.has(payload)) ends.#heard.set(payload, ends.now());
    });
    await client.query('listen renkei_token_end');
    return ends;
  }

  now(): number {
    return elapsedMs(this.since);
  }

  /** When the token ended, or nothing so far. */
  endOf(tokenHash: string): number | undefined {
    return this.#heard.get(tokenHash);
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
