import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import { decideReplay } from './domain/decide-replay.js';
import type { Delivery, DeliveryAttempt } from './domain/delivery.js';
import type { EventRefusal } from './domain/event.refusals.js';
import type { Owner } from './domain/subscription.js';
import { DeliveryStore, type DeliveryFilter } from './storage/delivery.store.pg.js';
import { SubscriptionStore } from './storage/subscription.store.pg.js';

type Refused<Code extends EventRefusal | 'not_found'> = Refusal<Code>;

/** The log of deliveries, and asking for them once more (users.md B 24). */
@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(SubscriptionStore) private readonly subscriptions: SubscriptionStore,
  ) {}

  /** Newest first, one more than `limit` where there is more. */
  list(owner: Owner, filter: DeliveryFilter, limit: number): Promise<Delivery[]> {
    return this.store.list(owner, filter, limit + 1);
  }

  find(
    owner: Owner,
    id: string,
  ): Promise<(Delivery & { attemptLog: readonly DeliveryAttempt[] }) | undefined> {
    return this.database.transaction(async (tx) => {
      const found = await this.store.find(tx, owner, id);
      return found && { ...found, attemptLog: await this.store.attemptsOf(tx, id) };
    });
  }

  /** The same message with the same id, from the first attempt. */
  async redeliver(
    tx: Transaction,
    owner: Owner,
    id: string,
  ): Promise<
    Result<Delivery, Refused<'not_found' | 'subscription_disabled' | 'delivery_waiting'>>
  > {
    const found = await this.store.find(tx, owner, id);
    if (!found) return refused('not_found');
    const subscription = await this.subscriptions.find(tx, owner, found.subscriptionId);
    if (subscription?.state === 'disabled') return refused('subscription_disabled');
    if (!(await this.store.again(tx, id))) return refused('delivery_waiting');
    return accepted((await this.store.find(tx, owner, id)) ?? found);
  }

  /** Everything of a period that the subscription wants, delivered before or not. Answers how many. */
  async replay(
    tx: Transaction,
    owner: Owner,
    subscriptionId: string,
    from: Instant,
    to: Instant,
  ): Promise<
    Result<number, Refused<'not_found' | 'replay_period_invalid' | 'subscription_disabled'>>
  > {
    const found = await this.subscriptions.find(tx, owner, subscriptionId);
    if (!found) return refused('not_found');
    const decision = decideReplay(from, to, this.clock.read());
    if (!decision.ok) return decision;
    if (found.state === 'disabled') return refused('subscription_disabled');
    return accepted(await this.store.replay(tx, found, from, to));
  }
}
