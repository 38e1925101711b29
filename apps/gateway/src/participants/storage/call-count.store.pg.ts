import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, DURATION_BUCKETS_SECONDS } from '#libs/platform';
import type { CallCount, Span } from '../domain/call-counts.js';
import type { SummedCount } from '../domain/call-figures.js';

export interface AskedFigures {
  readonly epspId: string;
  readonly span: Span;
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  readonly bankCode: string | undefined;
}

interface SummedRow {
  began_at: Instant | null;
  bank_code: string | null;
  code: string | null;
  fault: string;
  calls: number;
  total_ms: number;
  buckets: number[];
}

/** How long counts are kept, in milliseconds. */
export const KEPT_MS: Readonly<Record<Span, number>> = {
  minute: 3 * 3_600_000,
  hour: 35 * 86_400_000,
};
const BUCKETS = Array.from(
  { length: DURATION_BUCKETS_SECONDS.length + 1 },
  (_, nth) => `sum(buckets[${nth + 1}])`,
).join(', ');

/** Counts of calls of all processes; read by the intermediary whose they are, and by nobody on the way of a call. */
@Injectable()
export class CallCountStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Writes what one process counted so far; the same again changes nothing. */
  async put(process: string, counts: readonly CallCount[]): Promise<void> {
    if (counts.length === 0) return;
    await this.database.pool.query(
      `insert into call_count (process, epsp_id, span, began_at, bank_code, code, fault, calls,
         total_ms, buckets)
       select $1, e, s, to_timestamp(b / 1000), k, left(c, 60), f, n, t, h::int4[]
       from unnest($2::text[], $3::text[], $4::float8[], $5::text[], $6::text[], $7::text[],
         $8::int8[], $9::float8[], $10::text[]) as told (e, s, b, k, c, f, n, t, h)
       on conflict (epsp_id, span, began_at, bank_code, code, fault, process) do update set
         calls = excluded.calls, total_ms = excluded.total_ms, buckets = excluded.buckets`,
      [
        process,
        counts.map(({ epspId }) => epspId),
        counts.map(({ span }) => span),
        counts.map(({ beganAt }) => beganAt),
        counts.map(({ bankCode }) => bankCode),
        counts.map(({ code }) => code),
        counts.map(({ fault }) => fault),
        counts.map(({ calls }) => calls),
        counts.map(({ totalMs }) => totalMs),
        counts.map(({ buckets }) => `{${buckets.join(',')}}`),
      ],
    );
  }

  /** Over all processes: one sum for each institution, refusal and fault, and one for each span and fault. */
  async figures({ epspId, span, from, to, bankCode }: AskedFigures): Promise<SummedCount[]> {
    const { rows } = await this.database.pool.query<SummedRow>(
      `select began_at, bank_code, code, fault, sum(calls)::float8 as calls,
         sum(total_ms) as total_ms, array[${BUCKETS}]::float8[] as buckets
       from call_count
       where epsp_id = $1 and span = $2 and began_at >= to_timestamp($3::float8 / 1000)
         and began_at < to_timestamp($4::float8 / 1000) and ($5::text is null or bank_code = $5)
       group by grouping sets ((bank_code, code, fault), (began_at, fault))
       order by began_at, bank_code, code, fault`,
      [epspId, span, from, to, bankCode ?? null],
    );
    return rows.map((row) => ({
      beganAt: row.began_at ?? undefined,
      bankCode: row.bank_code ?? undefined,
      code: row.code ?? undefined,
      fault: row.fault,
      calls: row.calls,
      totalMs: row.total_ms,
      buckets: row.buckets,
    }));
  }

  /** Removes what is older than it is kept for, a bounded number at a time; answers how many that were. */
  async sweep(now: Instant, rowsMax: number): Promise<number> {
    const { rowCount } = await this.database.pool.query(
      `with old as (
         select ctid from call_count
         where (span = 'minute' and began_at < to_timestamp($1::float8 / 1000))
            or (span = 'hour' and began_at < to_timestamp($2::float8 / 1000))
         limit $3)
       delete from call_count where ctid in (select ctid from old)`,
      [now - KEPT_MS.minute, now - KEPT_MS.hour, rowsMax],
    );
    return rowCount ?? 0;
  }
}
