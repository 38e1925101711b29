import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { ChainMatter } from './chain-matter.js';
import { watchChain, watchReview, type Suggestion } from './domain/watch.js';
import { ReviewMatter } from './review-matter.js';

export interface Watched extends Suggestion {
  readonly institutionId: number;
  readonly epspId: string;
  readonly partnerId: string | undefined;
}

/** Reads what has come due and proposes; it moves no matter and stops nothing. */
@Injectable()
export class WatchService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(ReviewMatter) private readonly review: ReviewMatter,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
  ) {}

  async at(institutionId: number): Promise<Watched[]> {
    const now = await this.clock.now();
    const { matters, links } = this.review.desk;
    const intermediaries = await this.agreements.intermediaries();
    return this.database.inInstitution(institutionId, async (tx) => {
      const found: Watched[] = [];
      for (const { key, state } of await matters.all(tx, this.review))
        for (const one of watchReview(state, now))
          found.push({ ...one, institutionId, epspId: key, partnerId: undefined });
      for (const { key, state } of await matters.all(tx, this.chain))
        for (const one of watchChain(state, now))
          found.push({ ...one, institutionId, ...this.chain.partiesOf(key) });
      for (const { id } of intermediaries.filter((one) => one.status === 'terminated')) {
        const { name } = await links.state(tx, { institutionId, epspId: id }, now);
        if (name !== 'terminated') found.push({ ...registrationGone, institutionId, epspId: id });
      }
      return found;
    });
  }
}

const registrationGone = {
  rule: 'registration_gone',
  clause: 'RKN-0.2',
  proposes: 'agreement_ended',
  since: undefined,
  partnerId: undefined,
} as const;
