import { Inject, Injectable } from '@nestjs/common';
import { BankService } from './bank.service.js';
import { NODE_NAME } from './node-name.js';

/** How many versions wait to be told at most; further ones are left out, and the record says so by their absence. */
const WAITING_MAX = 1_000;

interface Reached {
  readonly bankCode: string;
  readonly version: number;
}

/**
 * Tells bank-core by which link version this node judges now: the record of how a measure spread. Nothing waits for
 * it, and what cannot be told is told by the next version.
 */
@Injectable()
export class LinkReached {
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(@Inject(BankService) private readonly bank: BankService) {}

  tell({ bankCode, version }: Reached): void {
    // Version 0 is the link's beginning, which nobody has committed.
    if (version === 0 || this.waiting >= WAITING_MAX) return;
    this.waiting += 1;
    const body = { node: NODE_NAME, bankCode, version };
    const call = { method: 'POST', path: 'links/reached', headers: {}, body } as const;
    this.last = this.last
      .then(() => this.bank.transport.call(call))
      .catch(() => undefined)
      .finally(() => void (this.waiting -= 1));
  }
}
