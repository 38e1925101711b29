import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import { Randomness } from '../platform/randomness.js';
import type { Sent } from './courier.js';
import {
  decideAttempt,
  type AttemptDecision,
  type AttemptOutcome,
} from './domain/decide-attempt.js';
import type { DisabledReason } from './domain/subscription.js';
import { EventLog } from './event-log.js';
import { DueDeliveryStore, type DueDelivery } from './storage/due-delivery.store.pg.js';

/** Writes down what became of an attempt and what follows from it, in one transaction. */
@Injectable()
export class ReportDelivery {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DueDeliveryStore) private readonly queue: DueDeliveryStore,
    @Inject(EventLog) private readonly events: EventLog,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Randomness) private readonly randomness: Randomness,
  ) {}

  /** Nothing where the lease was lost meanwhile: another sender's report counts then. */
  async record(delivery: DueDelivery, sender: string, sent: Sent): Promise<void> {
    const { outcome, milliseconds, interactionId } = sent;
    const decision = decideAttempt(outcome, delivery.attempts + 1, this.randomness.next());
    const word = wordOf(outcome, decision);
    await this.database.transaction(async (tx) => {
      if (decision.next === 'given_back')
        return this.queue.giveBack(tx, delivery, sender, word, decision.inMs);
      if (!(await this.queue.lockEndpoint(tx, delivery))) return;
      const status = outcome.kind === 'answered' ? outcome.status : null;
      const attempt = { outcome: word, status, milliseconds, interactionId };
      const isHeld = await this.queue.noteAttempt(tx, delivery, sender, attempt);
      if (isHeld) await this.follow(tx, delivery, decision);
    });
  }

  private async follow(
    tx: Transaction,
    delivery: DueDelivery,
    decision: Exclude<AttemptDecision, { next: 'given_back' }>,
  ): Promise<void> {
    const { id, subscriptionId, event } = delivery;
    if (decision.next === 'delivered') {
      await this.queue.finish(tx, id, 'delivered');
      await this.queue.noteSuccess(tx, subscriptionId, event === undefined);
    } else if (decision.next === 'again') {
      await this.queue.comeAgain(tx, id, decision.inMs);
      if (decision.slowMs > 0) await this.queue.slowDown(tx, subscriptionId, decision.slowMs);
    } else if (decision.next === 'disable') {
      await this.queue.finish(tx, id, 'failed');
      await this.disable(tx, delivery, decision.reason);
    } else {
      await this.giveUp(tx, delivery, decision.reason);
    }
  }

  /** Days of attempts failed. An endpoint that answered to nothing else in that time is served no more. */
  private async giveUp(
    tx: Transaction,
    delivery: DueDelivery,
    reason: 'endpoint_unreachable' | 'signing_key_lost',
  ): Promise<void> {
    const { id, subscriptionId, event } = delivery;
    await this.queue.finish(tx, id, 'failed');
    const isLost = reason === 'signing_key_lost';
    if (!event) return this.disable(tx, delivery, isLost ? reason : 'verification_failed');
    const isAlive = await this.queue.hasSucceededSince(tx, subscriptionId, id);
    if (!isAlive) await this.disable(tx, delivery, reason);
  }

  /** The owner is told where it can still hear: by polling, and at its other endpoints. */
  private async disable(
    tx: Transaction,
    delivery: DueDelivery,
    reason: DisabledReason,
  ): Promise<void> {
    const { subscriptionId, epspId, clientId } = delivery;
    if (!(await this.queue.disable(tx, subscriptionId, reason))) return;
    const now = this.clock.read();
    await this.events.append(tx, {
      epspId,
      sourceKey: `disabled:${subscriptionId}:${now}`,
      type: 'subscription.disabled',
      clientId,
      chainPartnerId: 'none',
      bankCode: null,
      data: { subscriptionId, reason },
      occurredAt: now,
    });
  }
}

const wordOf = (outcome: AttemptOutcome, decision: AttemptDecision): string => {
  if (outcome.kind === 'unsigned') return 'signing_key_lost';
  if (outcome.kind === 'unanswered') return outcome.code;
  return decision.next === 'delivered' ? 'delivered' : 'refused';
};
