import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#libs/platform';
import type { IntermediaryEvent } from '../domain/event.js';
import { EVENT_COLUMNS, eventOf, type EventRow } from './event.store.pg.js';
import type { Owner } from '../domain/subscription.js';

export interface Acknowledgement {
  readonly eventId: string;
  /** Null: processed. */
  readonly errorCode: string | null;
}

/** Which events a piece of software has acknowledged; everything else comes again when it polls. */
@Injectable()
export class ReaderStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Remembers what was acknowledged; answers how many of them exist. */
  async acknowledge(
    tx: Transaction,
    { epspId, clientId }: Owner,
    given: readonly Acknowledgement[],
  ): Promise<number> {
    await tx.query(
      'insert into event_reader (client_id, floor) values ($1, 0) on conflict do nothing',
      [clientId],
    );
    // What was removed by age can never be acknowledged any more: it is no gap.
    const [reader] = await tx.query<{ floor: bigint }>(
      `update event_reader set floor = greatest(floor, (select min(e.sequence) - 1
         from intermediary_event e where e.epsp_id = $2)) where client_id = $1 returning floor`,
      [clientId, epspId],
    );
    const known = await tx.query<{ sequence: bigint }>(
      `with known as (
         select e.sequence, g.error_code
         from unnest($2::text[], $3::text[]) as g(event_id, error_code)
         join intermediary_event e on e.id = g.event_id and e.epsp_id = $1
       ), noted as (
         insert into event_acknowledgement (client_id, sequence, error_code)
         select $4, sequence, error_code from known where sequence > $5
         on conflict do nothing)
       select sequence from known`,
      [
        epspId,
        given.map(({ eventId }) => eventId),
        given.map(({ errorCode }) => errorCode),
        clientId,
        reader?.floor ?? 0n,
      ],
    );
    await this.raiseFloor(tx, clientId);
    return known.length;
  }

  /** The next events in their order that were not acknowledged; one more than `limit` where there is more. */
  async unread({ epspId, clientId }: Owner, limit: number): Promise<IntermediaryEvent[]> {
    const { rows } = await this.database.pool.query<EventRow>(
      `select ${EVENT_COLUMNS} from intermediary_event e
       where e.epsp_id = $1
         and e.sequence > coalesce((select floor from event_reader where client_id = $2), 0)
         and not exists (select from event_acknowledgement a
           where a.client_id = $2 and a.sequence = e.sequence)
       order by e.sequence limit $3`,
      [epspId, clientId, limit + 1],
    );
    return rows.map(eventOf);
  }

  /** Up to the first gap nothing has to be remembered one by one any more. */
  private async raiseFloor(tx: Transaction, clientId: string): Promise<void> {
    await tx.query(
      `with gapless as (
         select a.sequence from (select sequence,
             sequence - row_number() over (order by sequence) as shift
           from event_acknowledgement where client_id = $1) a
         join event_reader r on r.client_id = $1 and a.shift = r.floor)
       update event_reader set floor = (select max(sequence) from gapless)
       where client_id = $1 and exists (select from gapless)`,
      [clientId],
    );
    await tx.query(
      `delete from event_acknowledgement a using event_reader r
       where a.client_id = $1 and r.client_id = $1 and a.sequence <= r.floor`,
      [clientId],
    );
  }
}
