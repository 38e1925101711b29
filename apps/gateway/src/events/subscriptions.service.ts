import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, newId, refused, type Refusal, type Result } from '#libs/kernel';
import { Database, isReachable, readTarget, type Transaction } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import type { EventRefusal } from './domain/event.refusals.js';
import { VERIFICATION_TYPE } from './domain/event-type.js';
import {
  KEY_OVERLAP_HOURS,
  sameChoice,
  SUBSCRIPTIONS_MAX,
  URL_CHARS_MAX,
  type EndpointKey,
  type Owner,
  type Subscription,
  type SubscriptionChoice,
} from './domain/subscription.js';
import { EndpointKeys, type NewEndpointKey } from './endpoint-keys.js';
import { DeliveryStore } from './storage/delivery.store.pg.js';
import { SubscriptionStore } from './storage/subscription.store.pg.js';
import { Wake } from './wake.js';

/** A subscription as its owner sees it. */
export interface SubscriptionView extends Subscription {
  readonly keys: readonly EndpointKey[];
}

/** The same right after a key was made: the only time a shared secret is shown. */
export interface MadeSubscription extends SubscriptionView {
  readonly isNew: boolean;
  readonly secret: string | null;
}

type Refused<Code extends EventRefusal | 'not_found'> = Refusal<Code>;

/** Where the software of intermediaries wants to be told, each seen by its own software alone. */
@Injectable()
export class SubscriptionsService {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(Database) private readonly database: Database,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(SubscriptionStore) private readonly store: SubscriptionStore,
    @Inject(DeliveryStore) private readonly deliveries: DeliveryStore,
    @Inject(EndpointKeys) private readonly keys: EndpointKeys,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  list(owner: Owner): Promise<SubscriptionView[]> {
    return this.database.transaction(async (tx) =>
      this.withKeys(tx, await this.store.list(tx, owner)),
    );
  }

  find(owner: Owner, id: string): Promise<SubscriptionView | undefined> {
    return this.database.transaction((tx) => this.view(tx, owner, id));
  }

  /**
   * A new subscription, not served before its endpoint has answered the test. The same URL with the same
   * content is the same subscription. Refuses with `webhook_url_refused`, `subscription_exists`,
   * `too_many_subscriptions`, in this order.
   */
  async create(
    tx: Transaction,
    owner: Owner,
    asked: SubscriptionChoice,
  ): Promise<
    Result<
      MadeSubscription,
      Refused<'webhook_url_refused' | 'subscription_exists' | 'too_many_subscriptions'>
    >
  > {
    const url = this.targetOf(asked.url);
    if (url === undefined) return refused('webhook_url_refused');
    const choice = { ...asked, url };
    const all = await this.store.lockAll(tx, owner);
    const same = all.find((one) => one.url === url);
    if (same) {
      if (!sameChoice(same, choice)) return refused('subscription_exists');
      return accepted({ ...(await this.known(tx, owner, same.id)), isNew: false, secret: null });
    }
    if (all.length >= SUBSCRIPTIONS_MAX) return refused('too_many_subscriptions');
    const id = newId('sub', this.clock.read());
    await this.store.insert(tx, owner, id, choice);
    const { secret } = await this.addKey(tx, id, choice.scheme);
    await this.sendTest(tx, id);
    return accepted({ ...(await this.known(tx, owner, id)), isNew: true, secret });
  }

  /**
   * Replaces the choice; the endpoint is verified again, and what happens meanwhile waits for it. A change
   * of the scheme makes a new key, and so does a key that opens no more. Refuses with `webhook_url_refused`,
   * `not_found`, `subscription_exists`.
   */
  async replace(
    owner: Owner,
    id: string,
    asked: SubscriptionChoice,
  ): Promise<
    Result<MadeSubscription, Refused<'not_found' | 'webhook_url_refused' | 'subscription_exists'>>
  > {
    const url = this.targetOf(asked.url);
    if (url === undefined) return refused('webhook_url_refused');
    const choice = { ...asked, url };
    const made = await this.database.transaction(async (tx) => {
      const all = await this.store.lockAll(tx, owner);
      const old = all.find((one) => one.id === id);
      if (!old) return refused('not_found');
      if (all.some((one) => one.id !== id && one.url === url))
        return refused('subscription_exists');
      await this.store.replace(tx, id, choice);
      const keys = (await this.store.keysOf(tx, [id])).get(id) ?? [];
      const needsKey = old.scheme !== choice.scheme || !this.keys.canSign(id, keys);
      const secret = needsKey ? await this.rollKey(tx, id, choice.scheme, 0) : null;
      await this.sendTest(tx, id);
      return accepted({ ...(await this.known(tx, owner, id)), isNew: false, secret });
    });
    if (made.ok) this.wake.wake();
    return made;
  }

  /** Ends it with everything that waits for it. */
  remove(owner: Owner, id: string): Promise<boolean> {
    return this.store.remove(owner, id);
  }

  /** A new key; the old one signs beside it for 24 hours, so that nobody has to change at one instant. */
  async rotateKey(
    tx: Transaction,
    owner: Owner,
    id: string,
  ): Promise<Result<MadeSubscription, Refused<'not_found'>>> {
    const old = (await this.store.lockAll(tx, owner)).find((one) => one.id === id);
    if (!old) return refused('not_found');
    const secret = await this.rollKey(tx, id, old.scheme, KEY_OVERLAP_HOURS);
    return accepted({ ...(await this.known(tx, owner, id)), isNew: false, secret });
  }

  /**
   * The signed test once more, also to an endpoint that rests. Refuses with `not_found`, and with
   * `subscription_disabled`.
   */
  async verify(
    tx: Transaction,
    owner: Owner,
    id: string,
  ): Promise<Result<Subscription, Refused<'not_found' | 'subscription_disabled'>>> {
    const found = await this.store.find(tx, owner, id);
    if (!found) return refused('not_found');
    if (found.state === 'disabled') return refused('subscription_disabled');
    await this.store.endRest(tx, id);
    await this.sendTest(tx, id);
    return accepted(found);
  }

  /**
   * T-13: https to a public address; of a name the connection itself is judged, each time. Answers the URL's normal
   * form, so that two ways to write one URL are one subscription, or nothing where it may not be called.
   */
  private targetOf(text: string): string | undefined {
    const url = readTarget(text);
    if (!url || url.hash !== '' || url.href.length > URL_CHARS_MAX) return undefined;
    return this.mayBeCalled(url) ? url.href : undefined;
  }

  private mayBeCalled(url: URL): boolean {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host) === 0) return host.includes('.');
    return isReachable(host, Number(url.port || 443), this.config.outbound.opened ?? []);
  }

  private async rollKey(
    tx: Transaction,
    id: string,
    scheme: Subscription['scheme'],
    overlapHours: number,
  ): Promise<string | null> {
    await this.store.retireKeys(tx, id, overlapHours);
    return (await this.addKey(tx, id, scheme)).secret;
  }

  private async addKey(
    tx: Transaction,
    id: string,
    scheme: Subscription['scheme'],
  ): Promise<NewEndpointKey> {
    const key = this.keys.make(id, scheme);
    await this.store.insertKey(tx, id, key);
    return key;
  }

  private sendTest(tx: Transaction, id: string): Promise<void> {
    const deliveryId = newId('dlv', this.clock.read());
    return this.deliveries.insertVerification(tx, deliveryId, id, VERIFICATION_TYPE);
  }

  private async view(
    tx: Transaction,
    owner: Owner,
    id: string,
  ): Promise<SubscriptionView | undefined> {
    const found = await this.store.find(tx, owner, id);
    return found && (await this.withKeys(tx, [found]))[0];
  }

  private async known(tx: Transaction, owner: Owner, id: string): Promise<SubscriptionView> {
    const view = await this.view(tx, owner, id);
    assert(view, 'What this transaction wrote is there.');
    return view;
  }

  private async withKeys(
    tx: Transaction,
    all: readonly Subscription[],
  ): Promise<SubscriptionView[]> {
    const ids = all.map(({ id }) => id);
    const keys = await this.store.keysOf(tx, ids);
    return all.map((one) => ({
      ...one,
      keys: (keys.get(one.id) ?? []).map(({ sealed: _sealed, ...key }) => key),
    }));
  }
}
