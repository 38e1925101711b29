import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { BankService } from './bank.service.js';
import { PlannedWindows } from './domain/planned-windows.js';

const REFRESH_MS = 5_000;

/**
 * Keeps the announced windows near. While bank-core is silent, which it may be because of one, what was known last
 * holds; without any answer yet there is no window, and silence refuses by itself.
 */
@Injectable()
export class PlannedOutages implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private windows = new PlannedWindows([]);

  constructor(@Inject(BankService) private readonly bank: BankService) {}

  /** Until when the institution does not serve this function, as it announced; undefined: it serves. */
  until(bankCode: string, fn: string, now: Instant): Instant | undefined {
    return this.windows.until(bankCode, fn, now);
  }

  onApplicationBootstrap(): void {
    void this.keepFresh();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async keepFresh(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const answer = await this.bank.outages(randomUUID());
      if (answer.ok) this.windows = new PlannedWindows(answer.value.outages);
      await sleep(REFRESH_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
