import { Inject, Injectable } from '@nestjs/common';
import { accepted, hashOf, refused, type Refusal, type Result } from '#libs/kernel';
import { Database, type IdempotencyRefusal, type Transaction } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { SealedBox } from './sealed-box.js';
import { ActStore, type Act } from './storage/act.store.pg.js';
import { Wake } from './wake.js';

type ActRefusal = IdempotencyRefusal | 'earlier_answer_lost';

export interface Acted<Body> {
  readonly body: Body;
  readonly isReplay: boolean;
}

/**
 * Acts once for a key and answers the same ever after, effect and answer in one transaction. A refusal is
 * not kept, since nothing was done. Comes after the checks of access (T-21). Refuses with
 * `idempotency_in_progress`, `idempotency_key_reused` and, where it was done but its answer is sealed under a key
 * that is gone, `earlier_answer_lost`. Source: users.md D.6.
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
    this.box = new SealedBox(config.secrets.webhookWrapKeys);
  }

  async run<Body extends object, Code extends string>(
    act: Act,
    content: object,
    work: (tx: Transaction) => Promise<Result<Body, Refusal<Code>>>,
  ): Promise<Result<Acted<Body>, Refusal<Code | ActRefusal>>> {
    const fingerprint = hashOf(content);
    const place = placeOf(act);
    const done = await this.database.transaction<Result<Acted<Body>, Refusal<Code | ActRefusal>>>(
      async (tx) => {
        if (!(await this.store.takeTurn(tx, act))) return refused('idempotency_in_progress');
        const kept = await this.store.find(tx, act);
        if (kept) {
          if (kept.fingerprint !== fingerprint) return refused('idempotency_key_reused');
          const opened = this.box.open(place, kept.answer);
          if (!opened) return refused('earlier_answer_lost');
          return accepted({ body: JSON.parse(opened.toString('utf8')) as Body, isReplay: true });
        }
        const result = await work(tx);
        if (!result.ok) return result;
        const answer = Buffer.from(JSON.stringify(result.value), 'utf8');
        await this.store.keep(tx, act, fingerprint, this.box.seal(place, answer));
        return accepted({ body: result.value, isReplay: false });
      },
    );
    if (done.ok) this.wake.wake();
    return done;
  }

  /** The kept answer as the wrapping key in use seals it; undefined where it is so already, or does not open. */
  renewed(act: Act, answer: Buffer): Buffer | undefined {
    return this.box.renewed(placeOf(act), answer);
  }
}

const placeOf = ({ clientId, route, key }: Act): string => `event_act|${clientId}|${route}|${key}`;
