import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import { Rounds } from '../platform/rounds.js';
import { BankService } from './bank.service.js';
import { PlannedWindows } from './domain/planned-windows.js';

const REFRESH_MS = 5_000;

/**
 * Keeps the announced windows near. While bank-core is silent, which it may be because of one, what was known last
 * holds; without any answer yet there is no window, and silence refuses by itself.
 */
@Injectable()
export class PlannedOutages extends Rounds {
  private windows = new PlannedWindows([]);
  /** Whether bank-core has answered when it was asked last. */
  private isHeard = false;

  constructor(@Inject(BankService) private readonly bank: BankService) {
    super('announced windows not read', REFRESH_MS);
  }

  /**
   * Until when the institution does not serve this function, as it announced; undefined: it serves. `now` is this
   * host's time, which counts only where bank-core's own word is not enough.
   */
  until(bankCode: string, fn: string, now: Instant): Instant | undefined {
    return this.windows.until(bankCode, fn, { now, isHeard: this.isHeard });
  }

  protected async round(): Promise<number> {
    const answer = await this.bank.outages(randomUUID());
    this.isHeard = answer.ok;
    if (answer.ok) this.windows = new PlannedWindows(answer.value.outages);
    return REFRESH_MS;
  }
}
