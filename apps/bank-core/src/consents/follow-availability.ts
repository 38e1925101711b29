import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { ServiceStateChange } from '../holders/index.js';
import { RecordsService } from '../records/index.js';
import { aboutConsent } from './about-consent.js';
import {
  consentsOfHolder,
  freezeConsents,
  moveConsents,
  thawConsents,
} from './storage/consent-change.store.pg.js';
import { consentsById } from './storage/consent.store.pg.js';

/**
 * What becomes of a holder's consents when the service stops, reopens or ends, in the same transaction. A lock
 * freezes and takes nothing away for good (SM-9.2/e, T-16); the end of the contract ends them (X-03, RKN-D6).
 */
@Injectable()
export class FollowAvailability {
  constructor(@Inject(RecordsService) private readonly records: RecordsService) {}

  async follow(tx: Transaction, change: ServiceStateChange): Promise<void> {
    const { institutionId, holderId, to, at } = change;
    const about = { institutionId, at } as const;
    const which = consentsOfHolder(holderId);
    if (to === 'terminated') {
      const end = { change: 'revoked', state: 'revoked', reason: 'customer_left' } as const;
      const ended = await moveConsents(
        tx,
        { ...about, ...end, actor: 'system' },
        ['authorised', 'frozen'],
        which,
      );
      return this.record(tx, about, ended, 'consent_revoked', 'RKN-D6');
    }
    if (to === 'active') {
      const back = { change: 'resumed', reason: 'resumed', actor: 'institution' } as const;
      const thawed: string[] = [];
      for (const cause of Object.values(CAUSES))
        thawed.push(...(await thawConsents(tx, { ...about, ...back, cause }, which)));
      return this.record(tx, about, thawed, 'consent_thawed', 'SM-9.2');
    }
    const stop = { change: 'frozen', reason: CAUSES[to], actor: 'institution' } as const;
    const frozen = await freezeConsents(tx, { ...about, ...stop }, which);
    return this.record(tx, about, frozen, 'consent_frozen', 'SM-9.2');
  }

  private async record(
    tx: Transaction,
    { institutionId, at }: { institutionId: number; at: Instant },
    consentIds: readonly string[],
    kind: string,
    clause: string,
  ): Promise<void> {
    for (const consent of await consentsById(tx, institutionId, consentIds))
      await this.records.append(tx, {
        ...aboutConsent(consent),
        happenedAt: at,
        kind,
        content: { clause, reason: consent.stateReason },
      });
  }
}

/** Why a consent is frozen while the service is not active. */
const CAUSES = { locked: 'holder_locked', stopped: 'self_lock' } as const;
