import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Database, faultOf, Metrics } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { Courier } from './courier.js';
import { LeftToOthers } from './domain/left-to-others.js';
import { ReportDelivery } from './report-delivery.js';
import { DueDeliveryStore, type DueDelivery } from './storage/due-delivery.store.pg.js';
import { SubscriptionStore } from './storage/subscription.store.pg.js';
import { Wake } from './wake.js';

const LOOK_MS = 1_000;
/** What is still under way then is sent again by whoever finds it due. */
const DRAIN_MS = 3_000;

/** Sends what is due. The rows are the truth; any number of processes work them, each row one at a time. */
@Injectable()
export class DeliverJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopped = new AbortController();
  private readonly log = new Logger('DeliverJob');
  /** Names this process in the leases it holds. */
  private readonly sender = randomUUID();
  private readonly underWay = new Set<Promise<void>>();
  private readonly leftToOthers = new LeftToOthers();
  private readonly unsigned: ReturnType<typeof Metrics.prototype.counter<never>>;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(Database) private readonly database: Database,
    @Inject(DueDeliveryStore) private readonly queue: DueDeliveryStore,
    @Inject(SubscriptionStore) private readonly subscriptions: SubscriptionStore,
    @Inject(Courier) private readonly courier: Courier,
    @Inject(ReportDelivery) private readonly report: ReportDelivery,
    @Inject(Wake) private readonly wake: Wake,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Metrics) metrics: Metrics,
  ) {
    const help = 'Webhooks that this process gave back because it opens no key of their endpoint.';
    this.unsigned = metrics.counter('webhooks_unsigned_total', help, []);
  }

  onApplicationBootstrap(): void {
    if (this.config.webhookSenders > 0) void this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    const drained = Promise.allSettled(this.underWay);
    await Promise.race([drained, sleep(DRAIN_MS, undefined, { ref: false })]);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const taken = await this.round().catch((error: unknown) => {
        if (!signal.aborted) this.log.warn(`nothing taken: ${JSON.stringify(faultOf(error))}`);
        return 0;
      });
      // Whoever took nothing rests; a delivery that ends makes room and wakes.
      if (taken === 0) await this.wake.sleep(LOOK_MS, signal);
    }
  }

  private async round(): Promise<number> {
    const room = this.config.webhookSenders - this.underWay.size;
    if (room <= 0) return 0;
    const others = this.leftToOthers.ids(this.clock.monotonic());
    const due = await this.queue.take(this.sender, room, others);
    if (due.length === 0) return 0;
    const ids = due.map(({ subscriptionId }) => subscriptionId);
    const keys = await this.database.transaction((tx) => this.subscriptions.keysOf(tx, ids));
    for (const delivery of due) {
      const one = this.deliver(delivery, keys.get(delivery.subscriptionId) ?? [])
        .catch((error: unknown) => {
          this.log.warn(`delivery not recorded: ${JSON.stringify(faultOf(error))}`);
        })
        .finally(() => {
          this.underWay.delete(one);
          this.wake.wake();
        });
      this.underWay.add(one);
    }
    return due.length;
  }

  private async deliver(
    delivery: DueDelivery,
    keys: Parameters<Courier['send']>[1],
  ): Promise<void> {
    const sent = await this.courier.send(delivery, keys);
    if (sent.outcome.kind === 'unsigned') this.leaveToOthers(delivery);
    await this.report.record(delivery, this.sender, sent);
  }

  /** Before the message is given back, so that the next look of this process finds it no more. */
  private leaveToOthers({ subscriptionId }: DueDelivery): void {
    this.unsigned.inc();
    const isNew = this.leftToOthers.leave(subscriptionId, this.clock.monotonic());
    if (isNew) this.log.error(`no key of ${subscriptionId} opens here: does cursorKey lack one?`);
  }
}
