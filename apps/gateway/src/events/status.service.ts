import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { BankService, Catalogue, LinkWatch, type OutageView } from '../bank/index.js';
import { HostClock } from '../platform/host-clock.js';
import { statusOf, type BankStatus } from './domain/bank-status.js';

const FRESH_MS = 2_000;
/** Whoever asks how a silent bank is doing must not have to wait for the bank. */
const WAIT_MS = 500;

/** What everybody may know about how the service is doing, from what this process sees itself. */
@Injectable()
export class StatusService {
  private known: readonly OutageView[] = [];
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(LinkWatch) private readonly links: LinkWatch,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  async banks(): Promise<BankStatus[]> {
    const outages = await this.outages();
    const now = this.clock.read();
    const codes = this.catalogue.current()?.bankCodes() ?? [];
    return codes.map((bankCode) =>
      statusOf({ bankCode, answers: this.links.isCurrent(bankCode), outages }, now),
    );
  }

  /** Planned, running and lately over; while bank-core is silent what was known last. */
  async outages(): Promise<readonly OutageView[]> {
    if (this.clock.monotonic() - this.readAt >= FRESH_MS) {
      this.reading ??= this.read().finally(() => (this.reading = undefined));
      await Promise.race([this.reading, sleep(WAIT_MS, undefined, { ref: false })]);
    }
    return this.known;
  }

  private async read(): Promise<void> {
    const answer = await this.bank.outages(randomUUID());
    this.readAt = this.clock.monotonic();
    if (answer.ok) this.known = answer.value.outages;
  }
}
