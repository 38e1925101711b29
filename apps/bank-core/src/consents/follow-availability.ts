import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform';
import type { ServiceStateChange } from '../holders/index.js';
import { ConsentNotices } from './consent-notices.js';
import { RecordChanges } from './record-changes.js';
import {
  consentsOfHolder,
  freezeConsents,
  moveConsents,
  thawConsents,
} from './storage/consent-change.store.pg.js';

/**
 * What becomes of a holder's consents when the service stops, reopens or ends, in the same transaction. A lock
 * freezes and takes nothing away for good (SM-9.2/e, T-16); the end of the contract ends them (X-03, RKN-D6).
 */
@Injectable()
export class FollowAvailability {
  constructor(
    @Inject(RecordChanges) private readonly records: RecordChanges,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {}

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
      const record = { ...about, kind: 'consent_revoked', clause: 'RKN-D6' };
      for (const consent of await this.records.append(tx, ended, record))
        await this.notices.tell(tx, consent, 'ended', { at });
      return;
    }
    if (to === 'active') {
      const back = { change: 'resumed', reason: 'resumed', actor: 'institution' } as const;
      const thawed: string[] = [];
      for (const cause of Object.values(CAUSES))
        thawed.push(...(await thawConsents(tx, { ...about, ...back, cause }, which)));
      await this.records.append(tx, thawed, {
        ...about,
        kind: 'consent_thawed',
        clause: 'SM-9.2',
      });
      return;
    }
    const stop = { change: 'frozen', reason: CAUSES[to], actor: 'institution' } as const;
    const frozen = await freezeConsents(tx, { ...about, ...stop }, which);
    await this.records.append(tx, frozen, { ...about, kind: 'consent_frozen', clause: 'SM-9.2' });
  }
}

/** Why a consent is frozen while the service is not active. */
const CAUSES = { locked: 'holder_locked', stopped: 'self_lock' } as const;
