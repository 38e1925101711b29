import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { Database } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import { decideReplay } from './domain/decide-replay.js';
import type { Delivery, DeliveryAttempt } from './domain/delivery.js';
import type { EventRefusal } from './domain/event.refusals.js';
import type { Owner } from './domain/subscription.js';
import { DeliveryStore, type DeliveryFilter } from './storage/delivery.store.pg.js';
import { SubscriptionStore } from './storage/subscription.store.pg.js';
import { Wake } from './wake.js';

type Refused<Code extends EventRefusal | 'not_found'> = Refusal<Code>;

/** The log of deliveries, and asking for them once more (users.md B 24). */
@Injectable()
export class DeliveriesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(SubscriptionStore) private readonly subscriptions: SubscriptionStore,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /** Newest first, one more than `limit` where there is more. */
  list(owner: Owner, filter: DeliveryFilter, limit: number): Promise<Delivery[]> {
    return this.store.list(owner, filter, limit + 1);
  }

  async find(
    owner: Owner,
    id: string,
  ): Promise<(Delivery & { attemptLog: readonly DeliveryAttempt[] }) | undefined> {
    const found = await this.store.find(owner, id);
    return found && { ...found, attemptLog: await this.store.attemptsOf(id) };
  }

  /** The same message with the same id, from the first attempt. */
  async redeliver(
    owner: Owner,
    id: string,
  ): Promise<Result<void, Refused<'not_found' | 'subscription_disabled' | 'delivery_waiting'>>> {
    const found = await this.store.find(owner, id);
    if (!found) return refused('not_found');
    const subscription = await this.subscriptions.find(owner, found.subscriptionId);
    if (subscription?.state === 'disabled') return refused('subscription_disabled');
    if (!(await this.store.again(id))) return refused('delivery_waiting');
    this.wake.wake();
    return accepted(undefined);
  }

  /** Everything of a period that the subscription wants, delivered before or not. Answers how many. */
  async replay(
    owner: Owner,
    subscriptionId: string,
    from: Instant,
    to: Instant,
  ): Promise<
    Result<number, Refused<'not_found' | 'replay_period_invalid' | 'subscription_disabled'>>
  > {
    const found = await this.subscriptions.find(owner, subscriptionId);
    if (!found) return refused('not_found');
    const decision = decideReplay(from, to, this.clock.read());
    if (!decision.ok) return decision;
    if (found.state === 'disabled') return refused('subscription_disabled');
    const count = await this.database.transaction((tx) => this.store.replay(tx, found, from, to));
    this.wake.wake();
    return accepted(count);
  }
}
