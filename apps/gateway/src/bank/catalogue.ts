import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Readiness } from '../platform/readiness.js';
import { Rounds } from '../platform/rounds.js';
import { BankService } from './bank.service.js';
import { CatalogueCopy } from './domain/catalogue-copy.js';

const REFRESH_MS = 5_000;
const RETRY_MS = 250;

/** Keeps the snapshot of agreements and catalogue fresh. Unknown until bank-core has answered once. */
@Injectable()
export class Catalogue extends Rounds {
  private copy: CatalogueCopy | undefined;

  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {
    super('catalogue not read', RETRY_MS);
  }

  /** The newest snapshot, or `undefined` while there has been none: the caller refuses. */
  current(): CatalogueCopy | undefined {
    return this.copy;
  }

  override onApplicationBootstrap(): void {
    this.readiness.add('bank_core_catalogue', () => this.copy !== undefined);
    super.onApplicationBootstrap();
  }

  protected async round(): Promise<number> {
    const answer = await this.bank.catalogue(randomUUID());
    if (!answer.ok) return RETRY_MS;
    this.copy = new CatalogueCopy(answer.value);
    return REFRESH_MS;
  }
}
