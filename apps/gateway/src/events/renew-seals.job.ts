import { Inject, Injectable, Logger } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { Rounds } from '../platform/rounds.js';
import { ActOnce } from './act-once.js';
import { EndpointKeys } from './endpoint-keys.js';
import { ActStore, type Act } from './storage/act.store.pg.js';
import { SubscriptionStore } from './storage/subscription.store.pg.js';

const EVERY_MS = 3_600_000;
const RETRY_MS = 5_000;
const ROWS_MAX = 200;

/**
 * Seals under the first key what a former one sealed, so that the former one can be taken away (T-22, docs/keys.md).
 * Only while there is more than one; each row is written over the bytes that were read, whoever else does the same.
 */
@Injectable()
export class RenewSealsJob extends Rounds {
  private readonly notes = new Logger('RenewSealsJob');
  /** Whoever takes the former key away waits until every process has said that it looked, if in vain. */
  private isTold = false;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(SubscriptionStore) private readonly subscriptions: SubscriptionStore,
    @Inject(EndpointKeys) private readonly keys: EndpointKeys,
    @Inject(ActStore) private readonly store: ActStore,
    @Inject(ActOnce) private readonly acts: ActOnce,
  ) {
    super('seals not renewed', RETRY_MS);
  }

  protected async round(): Promise<number> {
    if (this.config.secrets.webhookWrapKeys.length < 2) return EVERY_MS;
    const renewed = (await this.renewKeys()) + (await this.renewActs());
    // An ending process has perhaps not seen all of them.
    if (this.isEnding) return EVERY_MS;
    if (renewed > 0 || !this.isTold)
      this.notes.log(`${renewed} seals renewed under the first cursorKey`);
    this.isTold = true;
    return EVERY_MS;
  }

  private async renewKeys(): Promise<number> {
    let count = 0;
    for (const { subscriptionId, ...key } of await this.subscriptions.sealedKeys()) {
      const sealed = this.keys.renewed(subscriptionId, key);
      if (!sealed) continue;
      count += await this.subscriptions.resealKey(subscriptionId, key, sealed);
    }
    return count;
  }

  private async renewActs(): Promise<number> {
    let count = 0;
    let after: Act | undefined;
    while (!this.isEnding) {
      const page = await this.store.answersAfter(after, ROWS_MAX);
      for (const { answer, ...act } of page) {
        const sealed = this.acts.renewed(act, answer);
        if (sealed) count += await this.store.reseal(act, answer, sealed);
      }
      after = page.at(-1);
      if (page.length < ROWS_MAX) break;
    }
    return count;
  }
}
