import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { LinkMessage, LinkStateView } from '#libs/bank-core-client';
import { Metrics } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { Readiness } from '../platform/readiness.js';
import { BankService } from './bank.service.js';
import { LinkCopy, type LinkAnswer, type LinkParty } from './domain/link-copy.js';
import { followStream } from './follow-stream.js';
import { LinkReached } from './link-reached.js';

/** Follows bank-core's link stream and answers from the copy, closed whenever it is not current. */
@Injectable()
export class LinkWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly copy: LinkCopy;
  private readonly stopped = new AbortController();
  private readonly log = new Logger('LinkWatch');

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(BankService) private readonly bank: BankService,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(LinkReached) private readonly reached: LinkReached,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.copy = new LinkCopy(config.patience.linkLeaseMs);
    metrics.reading(
      'link_lease_ms',
      'Milliseconds that the oldest copy of link states may still be used.',
      () => this.copy.leaseMs(this.clock.monotonic()),
    );
  }

  onApplicationBootstrap(): void {
    this.readiness.add('bank_core_links', () => this.copy.isWhole(this.clock.monotonic()));
    void followStream({
      transport: this.bank.transport,
      silenceMs: this.config.patience.streamSilenceMs,
      path: () => 'links/stream',
      stopped: this.stopped.signal,
      onMessage: (message) => this.take(message as LinkMessage),
      onBreak: () => {
        this.copy.closeAll();
        this.log.warn('link stream broken, closed until it is back');
      },
    });
  }

  private take(message: LinkMessage): boolean {
    const isTrusted = this.copy.take(message, this.clock.monotonic());
    if (isTrusted && message.type !== 'heartbeat') this.reached.tell(message);
    return isTrusted;
  }

  stateFor(party: LinkParty): LinkAnswer {
    return this.copy.stateFor(party, this.clock.monotonic(), this.clock.read());
  }

  /** How many calls in a minute measures leave to this traffic; nothing where they say nothing of it (INT-17). */
  ratesFor(party: Omit<LinkParty, 'fn'>): readonly LinkStateView[] | 'stale' {
    return this.copy.ratesFor(party, this.clock.monotonic(), this.clock.read());
  }

  /** Whether this institution's links are known as they are now; without that nothing passes (T-19). */
  isCurrent(bankCode: string): boolean {
    return this.copy.isCurrent(bankCode, this.clock.monotonic());
  }

  /** What narrows an intermediary at one institution, for its own eyes. */
  statesOf(bankCode: string, epspId: string): readonly LinkStateView[] | 'stale' {
    return this.copy.statesOf(bankCode, epspId, this.clock.monotonic(), this.clock.read());
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }
}
