import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#libs/platform';
import type { DisabledReason } from '../domain/subscription.js';
import type { IntermediaryEvent } from '../domain/event.js';
import { eventOf, type EventRow } from './event.store.pg.js';
import { TAKE_DUE } from './take-due.js';

/** One message that this process holds the right to send. */
export interface DueDelivery {
  readonly id: string;
  readonly subscriptionId: string;
  readonly epspId: string;
  readonly clientId: string;
  readonly url: string;
  /** Attempts before this one. */
  readonly attempts: number;
  /** How long ago it was first found that it could not be signed; 0 where it could, or nobody tried. */
  readonly unsignedMs: number;
  /** Absent: the test that verifies the endpoint. */
  readonly event: IntermediaryEvent | undefined;
}

interface DueRow extends EventRow {
  delivery_id: string;
  subscription_id: string;
  owner_epsp_id: string;
  owner_client_id: string;
  url: string;
  attempts: number;
  unsigned_ms: number;
}

export interface AttemptRow {
  readonly outcome: string;
  readonly status: number | null;
  readonly milliseconds: number;
  readonly interactionId: string;
}

/** A message whose sender does not report within this time is due again, with the same id. */
const LEASE_SECONDS = 60;
/** What one endpoint may have under way, so that a slow one takes nobody's turn. */
const PER_ENDPOINT = 8;

/** The queue behind the senders; however many processes take from it, each row is one sender's at a time. */
@Injectable()
export class DueDeliveryStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Takes up to `limit` due messages for this sender, of each endpoint those that are due the longest; those of the
   * endpoints `leftToOthers` not.
   */
  async take(
    leaseToken: string,
    limit: number,
    leftToOthers: readonly string[],
  ): Promise<DueDelivery[]> {
    const { rows } = await this.database.pool.query<DueRow>({
      name: 'event-delivery-take',
      text: TAKE_DUE,
      values: [limit, leaseToken, LEASE_SECONDS, PER_ENDPOINT, leftToOthers],
    });
    return rows.map((row) => ({
      id: row.delivery_id,
      subscriptionId: row.subscription_id,
      epspId: row.owner_epsp_id,
      clientId: row.owner_client_id,
      url: row.url,
      attempts: row.attempts,
      unsignedMs: row.unsigned_ms,
      event: row.id === null ? undefined : eventOf(row),
    }));
  }

  /**
   * The endpoint before its messages, as everybody else locks them who changes both. A share of its key is
   * left free, so that events can be appended meanwhile. False where it has another URL by now, or is gone:
   * what the old one answered says nothing about the new one.
   */
  async lockEndpoint(tx: Transaction, { subscriptionId, url }: DueDelivery): Promise<boolean> {
    const rows = await tx.query(
      'select 1 from event_subscription where id = $1 and url = $2 for no key update',
      [subscriptionId, url],
    );
    return rows.length === 1;
  }

  /** Writes down the attempt. False where the lease was lost: then the row is another sender's. */
  async noteAttempt(
    tx: Transaction,
    { id, attempts }: DueDelivery,
    leaseToken: string,
    attempt: AttemptRow,
  ): Promise<boolean> {
    const held = await tx.query(
      `update event_delivery set attempts = $3, last_status = $4, last_outcome = $5,
         unsigned_since = null, lease_until = null, lease_token = null
       where id = $1 and lease_token = $2 and state = 'waiting' returning id`,
      [id, leaseToken, attempts + 1, attempt.status, attempt.outcome],
    );
    if (held.length === 0) return false;
    await tx.query(
      `insert into event_delivery_attempt
         (delivery_id, number, at, milliseconds, outcome, status, interaction_id)
       select $1, coalesce(max(number), 0) + 1, clock_timestamp(), $2, $3, $4, $5
       from event_delivery_attempt where delivery_id = $1`,
      [id, attempt.milliseconds, attempt.outcome, attempt.status, attempt.interactionId],
    );
    return true;
  }

  /**
   * Lets go of a message that this process cannot sign: no attempt, only the outcome that its owner reads and since
   * when it has been so. Nothing where the lease was lost.
   */
  async giveBack(
    tx: Transaction,
    { id }: DueDelivery,
    leaseToken: string,
    outcome: string,
    inMs: number,
  ): Promise<void> {
    await tx.query(
      `update event_delivery set last_status = null, last_outcome = $3,
         unsigned_since = coalesce(unsigned_since, clock_timestamp()),
         next_attempt_at = clock_timestamp() + $4 * interval '1 millisecond',
         lease_until = null, lease_token = null
       where id = $1 and lease_token = $2 and state = 'waiting'`,
      [id, leaseToken, outcome, inMs],
    );
  }

  async finish(tx: Transaction, id: string, state: 'delivered' | 'failed'): Promise<void> {
    await tx.query(
      `update event_delivery set state = $2, finished_at = clock_timestamp() where id = $1`,
      [id, state],
    );
  }

  async comeAgain(tx: Transaction, id: string, inMs: number): Promise<void> {
    await tx.query(
      `update event_delivery
       set next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1`,
      [id, inMs],
    );
  }

  /** The endpoint is given room: nothing is sent to it before, and one message at a time until it has answered well. */
  async slowDown(tx: Transaction, subscriptionId: string, ms: number): Promise<void> {
    await tx.query(
      `update event_subscription
       set slow_until = clock_timestamp() + $2 * interval '1 millisecond' where id = $1`,
      [subscriptionId, ms],
    );
  }

  /** The endpoint answered: it is served, and what it missed while it was being verified comes. */
  async noteSuccess(tx: Transaction, subscriptionId: string, isVerified: boolean): Promise<void> {
    await tx.query(
      `update event_subscription set last_success_at = clock_timestamp(), slow_until = null,
         state = case when $2 and state = 'pending' then 'active' else state end,
         changed_at = case when $2 and state = 'pending' then clock_timestamp() else changed_at end
       where id = $1`,
      [subscriptionId, isVerified],
    );
  }

  /** Whether the endpoint has answered well to anything since this message was made. */
  async hasSucceededSince(tx: Transaction, subscriptionId: string, id: string): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from event_subscription s join event_delivery d on d.id = $2
       where s.id = $1 and s.last_success_at > d.created_at`,
      [subscriptionId, id],
    );
    return rows.length === 1;
  }

  /** Serves the endpoint no more; what waits for it is called off. False where that was so already. */
  async disable(tx: Transaction, subscriptionId: string, reason: DisabledReason): Promise<boolean> {
    const disabled = await tx.query(
      `update event_subscription set state = 'disabled', disabled_reason = $2,
         changed_at = clock_timestamp() where id = $1 and state <> 'disabled' returning id`,
      [subscriptionId, reason],
    );
    await tx.query(
      `update event_delivery set state = 'cancelled', finished_at = clock_timestamp()
       where subscription_id = $1 and state = 'waiting'`,
      [subscriptionId],
    );
    return disabled.length === 1;
  }
}
