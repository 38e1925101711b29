import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import type {
  DisabledReason,
  EndpointKey,
  Owner,
  SignatureScheme,
  Subscription,
  SubscriptionChoice,
  SubscriptionState,
} from '../domain/subscription.js';

interface SubscriptionRow {
  id: Subscription['id'];
  epsp_id: string;
  client_id: string;
  url: string;
  event_types: string[];
  scheme: SignatureScheme;
  state: SubscriptionState;
  disabled_reason: DisabledReason | null;
  created_at: Instant;
  changed_at: Instant;
}

export interface StoredKey extends EndpointKey {
  readonly sealed: Buffer;
}

const COLUMNS = `id, epsp_id, client_id, url, event_types, scheme, state, disabled_reason,
  created_at, changed_at`;
const OWN = 'epsp_id = $1 and client_id = $2';

@Injectable()
export class SubscriptionStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(tx: Transaction, { epspId, clientId }: Owner): Promise<Subscription[]> {
    const rows = await tx.query<SubscriptionRow>(
      `select ${COLUMNS} from event_subscription where ${OWN} order by id`,
      [epspId, clientId],
    );
    return rows.map(subscriptionOf);
  }

  async find(
    tx: Transaction,
    { epspId, clientId }: Owner,
    id: string,
  ): Promise<Subscription | undefined> {
    const [row] = await tx.query<SubscriptionRow>(
      `select ${COLUMNS} from event_subscription where ${OWN} and id = $3`,
      [epspId, clientId, id],
    );
    return row && subscriptionOf(row);
  }

  /** All of one owner, kept from changing until commit, so that their number and URLs can be judged. */
  async lockAll(tx: Transaction, { epspId, clientId }: Owner): Promise<Subscription[]> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1610))', [clientId]);
    const rows = await tx.query<SubscriptionRow>(
      `select ${COLUMNS} from event_subscription where ${OWN} order by id for update`,
      [epspId, clientId],
    );
    return rows.map(subscriptionOf);
  }

  async insert(
    tx: Transaction,
    { epspId, clientId }: Owner,
    id: Subscription['id'],
    { url, eventTypes, scheme }: SubscriptionChoice,
  ): Promise<void> {
    await tx.query(
      `insert into event_subscription (id, epsp_id, client_id, url, event_types, scheme, state)
       values ($1, $2, $3, $4, $5, $6, 'pending')`,
      [id, epspId, clientId, url, eventTypes, scheme],
    );
  }

  /** The new choice; back to `pending`, since the endpoint has to answer for it. */
  async replace(
    tx: Transaction,
    id: string,
    { url, eventTypes, scheme }: SubscriptionChoice,
  ): Promise<void> {
    await tx.query(
      `update event_subscription set url = $2, event_types = $3, scheme = $4, state = 'pending',
         disabled_reason = null, slow_until = null, changed_at = clock_timestamp() where id = $1`,
      [id, url, eventTypes, scheme],
    );
  }

  /** What was left of the endpoint's rest is over; one message at a time still, until it has answered well. */
  async endRest(tx: Transaction, id: string): Promise<void> {
    await tx.query(
      `update event_subscription set slow_until = clock_timestamp()
       where id = $1 and slow_until > clock_timestamp()`,
      [id],
    );
  }

  async remove({ epspId, clientId }: Owner, id: string): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `delete from event_subscription where ${OWN} and id = $3`,
      [epspId, clientId, id],
    );
    return rowCount === 1;
  }

  async insertKey(
    tx: Transaction,
    subscriptionId: string,
    key: Omit<StoredKey, 'since' | 'until'>,
  ): Promise<void> {
    await tx.query(
      `insert into event_endpoint_key (subscription_id, id, scheme, sealed, public_key)
       values ($1, $2, $3, $4, $5)`,
      [subscriptionId, key.id, key.scheme, key.sealed, key.publicKey],
    );
  }

  /** The keys in force until now sign on beside their successor for `hours`; those over are removed. */
  async retireKeys(tx: Transaction, subscriptionId: string, hours: number): Promise<void> {
    await tx.query(
      'delete from event_endpoint_key where subscription_id = $1 and until <= clock_timestamp()',
      [subscriptionId],
    );
    await tx.query(
      `update event_endpoint_key set until = clock_timestamp() + make_interval(hours => $2)
       where subscription_id = $1 and until is null`,
      [subscriptionId, hours],
    );
  }

  /** The keys in force, the oldest first. */
  async keysOf(
    tx: Transaction,
    subscriptionIds: readonly string[],
  ): Promise<Map<string, StoredKey[]>> {
    const rows = await tx.query<StoredKeyRow>(
      `select subscription_id, id, scheme, sealed, public_key, since, until from event_endpoint_key
       where subscription_id = any($1) and (until is null or until > clock_timestamp())
       order by since, id`,
      [subscriptionIds],
    );
    const keys = new Map<string, StoredKey[]>();
    for (const { subscription_id: owner, public_key: publicKey, ...key } of rows)
      keys.set(owner, [...(keys.get(owner) ?? []), { ...key, publicKey }]);
    return keys;
  }

  /** Every endpoint's keys as they are sealed. */
  async sealedKeys(): Promise<
    { readonly subscriptionId: string; readonly id: string; readonly sealed: Buffer }[]
  > {
    const { rows } = await this.database.pool.query<{
      subscriptionId: string;
      id: string;
      sealed: Buffer;
    }>('select subscription_id as "subscriptionId", id, sealed from event_endpoint_key');
    return rows;
  }

  /** Puts a key, sealed anew, in the place of the bytes that were read. Answers how many rows it found. */
  async resealKey(
    subscriptionId: string,
    { id, sealed }: { readonly id: string; readonly sealed: Buffer },
    to: Buffer,
  ): Promise<number> {
    const { rowCount } = await this.database.pool.query(
      `update event_endpoint_key set sealed = $4
       where subscription_id = $1 and id = $2 and sealed = $3`,
      [subscriptionId, id, sealed, to],
    );
    return rowCount ?? 0;
  }
}

interface StoredKeyRow {
  subscription_id: string;
  id: string;
  scheme: SignatureScheme;
  sealed: Buffer;
  public_key: string | null;
  since: Instant;
  until: Instant | null;
}

const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  id: row.id,
  epspId: row.epsp_id,
  clientId: row.client_id,
  url: row.url,
  eventTypes: row.event_types,
  scheme: row.scheme,
  state: row.state,
  disabledReason: row.disabled_reason,
  createdAt: row.created_at,
  changedAt: row.changed_at,
});
