import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import type { BankFunction } from '../institutions/index.js';
import { LinksService } from '../links/index.js';
import type { TrafficRefusal } from './consent.refusals.js';
import { decideNewConsent, decideTraffic } from './domain/decide-access.js';
import { trafficFacts } from './storage/traffic.store.pg.js';

/** Whose consent is asked for, and where. */
export type ConsentAsked = Omit<IntermediaryTraffic, 'fn'>;

export interface IntermediaryTraffic {
  readonly institutionId: number;
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly fn: BankFunction;
  readonly at: Instant;
}

/** The part of the order of checks that knows no consent: coverage, link, chain partner, catalogue. */
@Injectable()
export class TrafficCheck {
  constructor(
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(LinksService) private readonly links: LinksService,
  ) {}

  /** Refuses with the first of `institution_not_covered`, `linkage_…`, `chain_partner_…`, `function_not_offered`. */
  async check(
    tx: Transaction,
    traffic: IntermediaryTraffic,
  ): Promise<Result<void, Refusal<TrafficRefusal>>> {
    const { epspId, chainPartnerId, fn, at } = traffic;
    const on = CivilDate.inTokyo(at);
    const [facts, partner] = await Promise.all([
      trafficFacts(tx, traffic, on),
      this.agreements.partnerFor(chainPartnerId, epspId, fn, on, tx),
    ]);
    return decideTraffic({ ...facts, partner });
  }

  /** Whether a measure has taken away the making of new consents; those that stand go on (INT-17). */
  async mayAskConsent(
    tx: Transaction,
    asked: ConsentAsked,
  ): Promise<Result<void, Refusal<TrafficRefusal>>> {
    return decideNewConsent(await this.links.stopFor(tx, { ...asked, fn: 'new_consents' }));
  }
}
