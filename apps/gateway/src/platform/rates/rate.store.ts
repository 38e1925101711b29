import { Inject, Injectable } from '@nestjs/common';
import { Database, Metrics } from '#libs/platform';
import { Batched } from '../batched.js';

export interface RateAsk {
  /** SHA-256 of policy and id in hex: the store holds no address and no name (T-30). */
  readonly key: string;
  readonly window: number;
  readonly units: number;
  readonly quota: number;
  /** Seconds since 1970 at which the window ends. */
  readonly endsAt: number;
}

export interface RateGrant {
  readonly granted: number;
  /** Units that nobody has taken yet. */
  readonly left: number;
}

/** How many units of each key and window were taken, by all processes together; batched. */
@Injectable()
export class RateStore {
  private readonly asks = new Batched<RateAsk, RateGrant>((asks) => this.lease(asks), {
    batchMax: 256,
    waitingMax: 4_096,
    answerMs: 2_000,
  });

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Metrics) metrics: Metrics,
  ) {
    const { counts } = this.asks;
    const help =
      'Blocks of quota asked for, round trips to the store, and blocks without an answer.';
    metrics.readings('rate_store', help, 'what', () => ({ ...counts }));
  }

  /** Takes up to `units` of the key's window. Throws when the store is silent. */
  take(ask: RateAsk): Promise<RateGrant> {
    return this.asks.submit(ask);
  }

  /** Units that were taken of each key and window so far, by key; a key that nobody asked for is left out. */
  async used(
    asked: readonly Pick<RateAsk, 'key' | 'window'>[],
  ): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.database.pool.query<{ key: string; used: number }>(
      `select encode(r.key, 'hex') as key, r.used from rate_use r
       join unnest($1::bytea[], $2::int8[]) as asked (k, w) on r.key = k and r.window_nth = w`,
      [asked.map(({ key }) => `\\x${key}`), asked.map(({ window }) => window)],
    );
    return new Map(rows.map(({ key, used }) => [key, used]));
  }

  /** Removes windows that are over, a bounded number at a time; answers how many that were. */
  async sweep(rowsMax: number): Promise<number> {
    const { rowCount } = await this.database.pool.query(
      `with old as (select ctid from rate_use where ends_at < clock_timestamp() limit $1)
       delete from rate_use where ctid in (select ctid from old)`,
      [rowsMax],
    );
    return rowCount ?? 0;
  }

  /** Sorted, so that two processes never wait for each other; a key stands once in a batch. */
  private async lease(asks: readonly RateAsk[]): Promise<readonly RateGrant[]> {
    const { rows } = await this.database.pool.query<RateGrant & { key: string; window: bigint }>({
      name: 'rate-take',
      text: `insert into rate_use as r (key, window_nth, quota, used, granted, ends_at)
             select k, w, q, least(u, q), least(u, q), to_timestamp(e)
             from unnest($1::bytea[], $2::int8[], $3::int4[], $4::int4[], $5::float8[])
               as asked (k, w, u, q, e) order by k, w
             on conflict (key, window_nth) do update set
               quota = excluded.quota,
               granted = greatest(0, least(excluded.granted, excluded.quota - r.used)),
               used = r.used + greatest(0, least(excluded.granted, excluded.quota - r.used))
             returning encode(key, 'hex') as key, window_nth as window, granted,
               greatest(0, quota - used) as left`,
      values: [
        asks.map(({ key }) => `\\x${key}`),
        asks.map(({ window }) => window),
        asks.map(({ units }) => units),
        asks.map(({ quota }) => quota),
        asks.map(({ endsAt }) => endsAt),
      ],
    });
    const found = new Map(rows.map((row) => [`${row.key} ${row.window}`, row]));
    return asks.map(({ key, window }) => {
      const row = found.get(`${key} ${window}`);
      if (!row) throw new Error('The store of rates did not answer for a key.');
      return { granted: row.granted, left: row.left };
    });
  }
}
