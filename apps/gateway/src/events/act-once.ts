import { Inject, Injectable } from '@nestjs/common';
import { accepted, hashOf, refused, type Refusal, type Result } from '#libs/kernel';
import { Database, type IdempotencyRefusal, type Transaction } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { SealedBox } from './sealed-box.js';
import { ActStore, type Act } from './storage/act.store.pg.js';
import { Wake } from './wake.js';

export interface Acted<Body> {
  readonly body: Body;
  readonly isReplay: boolean;
}

/**
 * Acts once for a key and answers the same ever after, effect and answer in one transaction. A refusal is
 * not kept, since nothing was done. Comes after the checks of access (T-21). Refuses with
 * `idempotency_in_progress` and `idempotency_key_reused`. Source: users.md D.6.
 */
@Injectable()
export class ActOnce {
  private readonly box: SealedBox;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(Database) private readonly database: Database,
    @Inject(ActStore) private readonly store: ActStore,
    @Inject(Wake) private readonly wake: Wake,
  ) {
    this.box = new SealedBox(config.secrets.webhookWrapKey);
  }

  async run<Body extends object, Code extends string>(
    act: Act,
    content: object,
    work: (tx: Transaction) => Promise<Result<Body, Refusal<Code>>>,
  ): Promise<Result<Acted<Body>, Refusal<Code | IdempotencyRefusal>>> {
    const fingerprint = hashOf(content);
    const place = `event_act|${act.clientId}|${act.route}|${act.key}`;
    const done = await this.database.transaction<
      Result<Acted<Body>, Refusal<Code | IdempotencyRefusal>>
    >(async (tx) => {
      if (!(await this.store.takeTurn(tx, act))) return refused('idempotency_in_progress');
      const kept = await this.store.find(tx, act);
      if (kept) {
        if (kept.fingerprint !== fingerprint) return refused('idempotency_key_reused');
        const text = this.box.open(place, kept.answer).toString('utf8');
        return accepted({ body: JSON.parse(text) as Body, isReplay: true });
      }
      const result = await work(tx);
      if (!result.ok) return result;
      const answer = Buffer.from(JSON.stringify(result.value), 'utf8');
      await this.store.keep(tx, act, fingerprint, this.box.seal(place, answer));
      return accepted({ body: result.value, isReplay: false });
    });
    if (done.ok) this.wake.wake();
    return done;
  }
}
