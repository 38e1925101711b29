import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Readiness } from '../platform/readiness.js';
import { BankService } from './bank.service.js';
import { CatalogueCopy } from './domain/catalogue-copy.js';

const REFRESH_MS = 5_000;
const RETRY_MS = 250;

/** Keeps the snapshot of agreements and catalogue fresh. Unknown until bank-core has answered once. */
@Injectable()
export class Catalogue implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private copy: CatalogueCopy | undefined;

  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  /** The newest snapshot, or `undefined` while there has been none: the caller refuses. */
  current(): CatalogueCopy | undefined {
    return this.copy;
  }

  onApplicationBootstrap(): void {
    this.readiness.add('bank_core_catalogue', () => this.copy !== undefined);
    void this.keepFresh();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  private async keepFresh(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const answer = await this.bank.catalogue(randomUUID());
      if (answer.ok) this.copy = new CatalogueCopy(answer.value);
      await sleep(answer.ok ? REFRESH_MS : RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
