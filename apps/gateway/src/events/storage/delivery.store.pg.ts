import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type { Delivery, DeliveryAttempt, DeliveryState } from '../domain/delivery.js';
import type { Owner } from '../domain/subscription.js';

export interface DeliveryRow {
  id: string;
  subscription_id: string;
  event_id: string | null;
  type: string;
  sequence: bigint;
  state: DeliveryState;
  attempts: number;
  next_attempt_at: Instant;
  last_status: number | null;
  last_outcome: string | null;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface DeliveryFilter {
  readonly state?: DeliveryState | undefined;
  readonly subscriptionId?: string | undefined;
  /** The id before which the page begins: newest first. */
  readonly before?: string | undefined;
}

const COLUMNS = `d.id, d.subscription_id, d.event_id, d.type, d.sequence, d.state, d.attempts,
  d.next_attempt_at, d.last_status, d.last_outcome, d.created_at, d.finished_at`;
const OWN = `event_delivery d join event_subscription s on s.id = d.subscription_id
  and s.epsp_id = $1 and s.client_id = $2`;
const DUE_AGAIN = `state = 'waiting', attempts = 0, next_attempt_at = clock_timestamp(),
  finished_at = null, unsigned_since = null, lease_until = null, lease_token = null`;

/** The log of deliveries as their owner reads it and asks for them again. */
@Injectable()
export class DeliveryStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(owner: Owner, filter: DeliveryFilter, limit: number): Promise<Delivery[]> {
    const { rows } = await this.database.pool.query<DeliveryRow>(
      `select ${COLUMNS} from ${OWN}
       where ($3::text is null or d.state = $3) and ($4::text is null or d.subscription_id = $4)
         and ($5::text is null or d.id < $5)
       order by d.id desc limit $6`,
      [
        owner.epspId,
        owner.clientId,
        filter.state ?? null,
        filter.subscriptionId ?? null,
        filter.before ?? null,
        limit,
      ],
    );
    return rows.map(deliveryOf);
  }

  async find(tx: Transaction, owner: Owner, id: string): Promise<Delivery | undefined> {
    const [row] = await tx.query<DeliveryRow>(`select ${COLUMNS} from ${OWN} where d.id = $3`, [
      owner.epspId,
      owner.clientId,
      id,
    ]);
    return row && deliveryOf(row);
  }

  attemptsOf(tx: Transaction, id: string): Promise<DeliveryAttempt[]> {
    return tx.query<DeliveryAttempt>(
      `select number, at, milliseconds, outcome, status, interaction_id as "interactionId"
       from event_delivery_attempt where delivery_id = $1 order by number`,
      [id],
    );
  }

  /** One delivery begins again with the same id. False where it is under way. */
  async again(tx: Transaction, id: string): Promise<boolean> {
    const rows = await tx.query(
      `update event_delivery set ${DUE_AGAIN} where id = $1 and state <> 'waiting' returning id`,
      [id],
    );
    return rows.length === 1;
  }

  /** Everything a subscription wants of a period is due again, delivered before or not. */
  async replay(
    tx: Transaction,
    { id, epspId }: { id: string; epspId: string },
    from: Instant,
    to: Instant,
  ): Promise<number> {
    // The endpoint before its messages: the order of everybody who changes both.
    await tx.query('select from event_subscription where id = $1 for no key update', [id]);
    const rows = await tx.query(
      `insert into event_delivery as d (id, subscription_id, event_id, sequence, type)
       select event_delivery_id(e.id, s.id), s.id, e.id, e.sequence, e.type
       from intermediary_event e join event_subscription s on s.id = $1
       where e.epsp_id = $2 and wants_event(s.event_types, e.type)
         and e.occurred_at >= to_timestamp($3::float8 / 1000)
         and e.occurred_at < to_timestamp($4::float8 / 1000)
       order by e.sequence
       on conflict (subscription_id, event_id) do update set ${DUE_AGAIN}
         where d.state <> 'waiting'
       returning d.id`,
      [id, epspId, from, to],
    );
    return rows.length;
  }

  /** The signed test that verifies an endpoint; a former one that is under way is called off. */
  async insertVerification(tx: Transaction, id: string, subscriptionId: string, type: string) {
    await tx.query(
      `update event_delivery set state = 'cancelled', finished_at = clock_timestamp()
       where subscription_id = $1 and event_id is null and state = 'waiting'`,
      [subscriptionId],
    );
    await tx.query(
      `insert into event_delivery (id, subscription_id, event_id, sequence, type)
       values ($1, $2, null, 0, $3)`,
      [id, subscriptionId, type],
    );
  }
}

export const deliveryOf = (row: DeliveryRow): Delivery => ({
  id: row.id,
  subscriptionId: row.subscription_id,
  eventId: row.event_id,
  type: row.type,
  sequence: row.sequence,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at,
  lastStatus: row.last_status,
  lastOutcome: row.last_outcome,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});
