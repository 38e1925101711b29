import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { EventData, IntermediaryEvent, NewEvent } from '../domain/event.js';
import type { EventType } from '../domain/event-type.js';

export interface EventRow {
  epsp_id: string;
  sequence: bigint;
  id: string;
  type: EventType;
  client_id: string | null;
  chain_partner_id: string;
  bank_code: string | null;
  data: EventData;
  occurred_at: Instant;
}

export const EVENT_COLUMNS = `e.epsp_id, e.sequence, e.id, e.type, e.client_id, e.chain_partner_id,
  e.bank_code, e.data, e.occurred_at`;

/** The log of events and how far bank-core's changes have been read into it. */
@Injectable()
export class EventStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Writes one event with its deliveries; false where its source has been told before. */
  async append(tx: Transaction, id: string, event: NewEvent): Promise<boolean> {
    const [row] = await tx.query<{ sequence: bigint | null }>(
      `select append_event($1, $2, $3, $4, $5, $6, $7, $8,
         to_timestamp($9::float8 / 1000)) as sequence`,
      [
        event.epspId,
        event.sourceKey,
        id,
        event.type,
        event.clientId,
        event.chainPartnerId,
        event.bankCode,
        JSON.stringify(event.data),
        event.occurredAt,
      ],
    );
    return row?.sequence !== null;
  }

  async readCursor(feed: string): Promise<string> {
    const { rows } = await this.database.pool.query<{ cursor: string }>(
      'select cursor from feed_cursor where feed = $1',
      [feed],
    );
    return rows[0]?.cursor ?? '';
  }

  /** Moves the cursor on; false where somebody else has moved it since it was read. */
  async moveCursor(tx: Transaction, feed: string, from: string, to: string): Promise<boolean> {
    await tx.query(
      `insert into feed_cursor (feed, cursor) values ($1, '') on conflict do nothing`,
      [feed],
    );
    const moved = await tx.query(
      'update feed_cursor set cursor = $3 where feed = $1 and cursor = $2 returning feed',
      [feed, from, to],
    );
    return moved.length === 1;
  }

  /** Removes what is older than `days`, with its deliveries; a bounded number of rows. */
  async sweep(days: number, rowsMax: number): Promise<number> {
    const { rowCount } = await this.database.pool.query(
      `delete from intermediary_event where id in (select id from intermediary_event
         where recorded_at < clock_timestamp() - make_interval(days => $1) limit $2)`,
      [days, rowsMax],
    );
    return rowCount ?? 0;
  }
}

export const eventOf = (row: EventRow): IntermediaryEvent => ({
  epspId: row.epsp_id,
  sequence: row.sequence,
  id: row.id,
  type: row.type,
  clientId: row.client_id,
  chainPartnerId: row.chain_partner_id,
  bankCode: row.bank_code,
  data: row.data,
  occurredAt: row.occurred_at,
});
