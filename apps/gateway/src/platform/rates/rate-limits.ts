import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Metrics } from '#libs/platform';
import { HostClock } from '../host-clock.js';
import { Lease } from './lease.js';
import { windowAt, windowEnd, type RateClaim, type RateStanding } from './rate-policy.js';
import { RateStore } from './rate.store.js';

/** A key that was pushed out of memory loses the units in hand; it can only be refused too early. */
const KEYS_MAX = 50_000;

interface Held {
  readonly key: string;
  readonly lease: Lease;
  asking: Promise<void> | undefined;
}

/**
 * Quotas that all processes of the gateway share. A call is counted in this process's memory; the database
 * is asked for a block of units now and then, so that a call seldom waits for it (decision 0015).
 */
@Injectable()
export class RateLimits {
  private readonly held = new LRUCache<string, Held>({ max: KEYS_MAX });
  private readonly asked = new Set<string>();
  private readonly refusals: ReturnType<typeof Metrics.prototype.counter<'policy'>>;

  constructor(
    @Inject(RateStore) private readonly store: RateStore,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Metrics) metrics: Metrics,
  ) {
    const help = 'Calls that were refused because a quota was spent, by policy.';
    this.refusals = metrics.counter('rate_refusals_total', help, ['policy']);
  }

  /**
   * Uses one unit of each claim and says how each stands. Stops at the first that is spent, so that a call
   * which is refused uses up nothing further. Throws when the shared store is silent.
   */
  take(claims: readonly RateClaim[]): readonly RateStanding[] | Promise<readonly RateStanding[]> {
    const standings: RateStanding[] = [];
    for (const [nth, claim] of claims.entries()) {
      const standing = this.takeOne(claim);
      if (standing instanceof Promise)
        return this.takeRest(standings, standing, claims.slice(nth + 1));
      standings.push(standing);
      if (!standing.isKept) break;
    }
    return standings;
  }

  /** Whether this process knows that nothing is left. Uses nothing up and asks nobody. */
  isSpent({ policy, id }: RateClaim): boolean {
    return this.held.get(nameOf({ policy, id }))?.lease.isSpent(this.clock.seconds()) ?? false;
  }

  /**
   * Whether nobody has used this claim before, of all processes together; the question uses it up. Who comes second is
   * refused nothing by that alone, and is not counted as refused. Throws when the shared store is silent.
   */
  async isFirst({ policy, id }: RateClaim): Promise<boolean> {
    const key = keyOf({ policy, id });
    // A key stands once in a batch: whoever comes while the first is asked for is not the first.
    if (this.asked.has(key)) return false;
    this.asked.add(key);
    const { quota } = policy;
    const window = windowAt(policy, this.clock.seconds());
    const endsAt = windowEnd(policy, window);
    try {
      return (await this.store.take({ key, window, units: 1, quota, endsAt })).granted === 1;
    } finally {
      this.asked.delete(key);
    }
  }

  /**
   * How each claim stands for all processes together, without using it up. What a process has taken in advance counts
   * as used, so that at least `remaining` are left. Throws when the shared store is silent.
   */
  async left(claims: readonly RateClaim[]): Promise<readonly RateStanding[]> {
    const seconds = this.clock.seconds();
    const asked = claims.map(({ policy, id }) => ({
      policy,
      key: keyOf({ policy, id }),
      window: windowAt(policy, seconds),
    }));
    const used = await this.store.used(asked);
    return asked.map(({ policy, key, window }) => {
      const remaining = Math.max(0, policy.quota - (used.get(key) ?? 0));
      const resetSeconds = windowEnd(policy, window) - seconds;
      return { policy, remaining, resetSeconds, isKept: remaining > 0 };
    });
  }

  private async takeRest(
    standings: readonly RateStanding[],
    asked: Promise<RateStanding>,
    rest: readonly RateClaim[],
  ): Promise<readonly RateStanding[]> {
    const standing = await asked;
    const known = [...standings, standing];
    return standing.isKept ? [...known, ...(await this.take(rest))] : known;
  }

  private takeOne(claim: RateClaim): RateStanding | Promise<RateStanding> {
    const seconds = this.clock.seconds();
    const held = this.heldFor(claim);
    const answer = held.lease.take(seconds);
    if (answer === 'ask') return this.refill(held, claim, seconds).then(() => this.takeOne(claim));
    if (answer === 'taken' && held.lease.isLow()) {
      // Ahead of need: the call that finds nothing in hand is the only one that waits.
      this.refill(held, claim, seconds).catch(() => undefined);
    }
    if (answer === 'spent') this.refusals.inc({ policy: claim.policy.name });
    return held.lease.standing(seconds, answer === 'taken');
  }

  /** One question at a time for each key; whoever comes meanwhile waits for its answer. */
  private refill(held: Held, { policy }: RateClaim, seconds: number): Promise<void> {
    if (held.asking) return held.asking;
    const { window, units } = held.lease.wanted(seconds);
    const endsAt = windowEnd(policy, window);
    held.asking = this.store
      .take({ key: held.key, window, units, quota: policy.quota, endsAt })
      .then(({ granted, left }) => held.lease.put(window, granted, left))
      .finally(() => (held.asking = undefined));
    return held.asking;
  }

  private heldFor({ policy, id }: RateClaim): Held {
    const name = nameOf({ policy, id });
    const known = this.held.get(name);
    if (known) return known;
    const held = { key: keyOf({ policy, id }), lease: new Lease(policy), asking: undefined };
    this.held.set(name, held);
    return held;
  }
}

const nameOf = ({ policy, id }: RateClaim): string => `${policy.name} ${id}`;

/** Under which the store knows a policy and whose it is: no name lies there (T-30). */
const keyOf = (claim: RateClaim): string => hash('sha256', nameOf(claim), 'hex');
