import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { RecordsService } from '../records/index.js';
import { aboutConsent } from './about-consent.js';
import type { Consent } from './domain/consent.js';
import { consentsById } from './storage/consent.store.pg.js';

/** One record for each consent of a change that reached several, with all of its parties. */
@Injectable()
export class RecordChanges {
  constructor(@Inject(RecordsService) private readonly records: RecordsService) {}

  /** Answers the consents as they stand now, for who has to be told. */
  async append(
    tx: Transaction,
    consentIds: readonly string[],
    about: {
      readonly institutionId: number;
      readonly at: Instant;
      readonly kind: string;
      readonly clause: string;
    },
  ): Promise<Consent[]> {
    const { institutionId, at, kind, clause } = about;
    const consents = await consentsById(tx, institutionId, consentIds);
    for (const consent of consents)
      await this.records.append(tx, {
        ...aboutConsent(consent),
        happenedAt: at,
        kind,
        content: { clause, reason: consent.stateReason },
      });
    return consents;
  }
}
