import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { aboutConsent } from './about-consent.js';
import type {
  Consent,
  ConsentActorName,
  ConsentParties,
  Permission,
  Purpose,
} from './domain/consent.js';
import { ConsentNotices } from './consent-notices.js';
import type { ConsentRefusal } from './consent.refusals.js';
import { decideGrant } from './domain/decide-grant.js';
import { moveConsents, theConsent } from './storage/consent-change.store.pg.js';
import { authoriseAsked, delayDecision, insertAsked } from './storage/consent-making.store.pg.js';
import { TrafficCheck } from './traffic-check.js';

/** What an intermediary asks for, at one institution. */
export interface AskConsent extends ConsentParties {
  readonly institutionId: number;
  readonly permissions: readonly Permission[];
  readonly purpose: Purpose;
  /** As it was asked for; the end itself is fixed when the holder agrees. */
  readonly termDays?: number | undefined;
  readonly askedAt: Instant;
  readonly decideBy: Instant;
  readonly interactionId: string;
}

/** What the holder agreed to, exactly as it was shown. */
export interface GrantConsent extends AskConsent {
  /** The consent that was asked for, where it has been written down. */
  readonly consentId?: string | undefined;
  readonly holderId: string;
  readonly accountIds: readonly string[];
  readonly wording: Wording;
  readonly at: Instant;
  readonly expiresAt: Instant;
}

export interface Wording {
  readonly version: string;
  readonly text: string;
  readonly hash: string;
}

/** The same request opened once more, before anybody decided. */
export interface AskAgain {
  readonly institutionId: number;
  readonly consentId: string;
  readonly decideBy: Instant;
}

export interface RejectConsent {
  readonly institutionId: number;
  readonly consentId: string;
  readonly reason: string;
  readonly actor: ConsentActorName;
  readonly at: Instant;
}

/** The making of a consent: asked for, then given, refused, or left undecided (RKN-S1, RKN-D6). */
@Injectable()
export class MakeConsents {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TrafficCheck) private readonly traffic: TrafficCheck,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {}

  /** Writes down what is asked for: from now on the intermediary can read what becomes of it. */
  async ask(tx: Transaction, ask: AskConsent): Promise<Consent['id']> {
    const id = newId('cns', ask.askedAt);
    await insertAsked(tx, { ...ask, id });
    const { permissions, purpose, termDays } = ask;
    await this.records.append(tx, {
      ...aboutConsent({ ...ask, id }),
      happenedAt: ask.askedAt,
      kind: 'consent_asked',
      interactionId: ask.interactionId,
      content: { clause: 'RKN-S1', permissions, purpose, termDays },
    });
    return id;
  }

  /** Gives the holder the whole time again; false where it has been decided in the meantime. */
  askAgain(tx: Transaction, again: AskAgain): Promise<boolean> {
    return delayDecision(tx, again);
  }

  /** Nobody agreed. What has been decided before stays as it was decided. */
  async reject(tx: Transaction, reject: RejectConsent): Promise<void> {
    const { institutionId, consentId, reason, actor, at } = reject;
    const isLate = reason === 'interaction_expired';
    const change = isLate
      ? ({ change: 'expired', state: 'expired', reason: 'not_decided_in_time' } as const)
      : ({ change: 'rejected', state: 'rejected', reason } as const);
    await moveConsents(
      tx,
      { institutionId, actor: isLate ? 'system' : actor, at, ...change },
      ['awaiting_authorisation'],
      theConsent(consentId),
    );
  }

  /**
   * Stores the consent with the exact wording and its hash, in the caller's transaction and under the
   * shared link lock, so that none begins after a stop has committed. Refuses as `checkTraffic`, and with
   * `consent_expired` where the time to decide is over.
   */
  async grant(
    tx: Transaction,
    grant: GrantConsent,
  ): Promise<Result<Consent['id'], Refusal<ConsentRefusal>>> {
    await tx.query('select lock_link_shared($1::smallint)', [grant.institutionId]);
    // Read after the lock: a stop that was waited for began after the holder's yes, and holds all the same.
    const now = await this.clock.now();
    const mayAsk = await this.traffic.mayAskConsent(tx, { ...grant, at: now });
    if (!mayAsk.ok) return mayAsk;
    for (const fn of grant.permissions) {
      const passes = await this.traffic.check(tx, { ...grant, fn, at: now });
      if (!passes.ok) return passes;
    }
    const wordingHash = grant.wording.hash;
    const decision = decideGrant({ ...grant, wordingHash, linkAllowsNew: true });
    if (!decision.ok) return refused('consent_expired', { clause: 'RKN-S1' });
    const id = (grant.consentId ?? (await this.ask(tx, grant))) as Consent['id'];
    const consent: Consent = {
      ...grant,
      id,
      state: 'authorised',
      stateReason: 'agreed',
      frozenFor: [],
      version: 2,
      wordingHash,
      grantedAt: grant.at,
    };
    const isFirst = await authoriseAsked(tx, consent, grant.wording);
    if (!isFirst) return refused('consent_expired', { clause: 'RKN-S1' });
    await this.records.append(tx, {
      ...aboutConsent(consent),
      happenedAt: grant.at,
      kind: 'consent_granted',
      interactionId: grant.interactionId,
      content: {
        clause: 'RKN-S1',
        permissions: grant.permissions,
        purpose: grant.purpose,
        accountIds: grant.accountIds,
        expiresAt: grant.expiresAt,
        wordingVersion: grant.wording.version,
        wordingHash,
      },
    });
    await this.notices.tell(tx, consent, 'authorised', { at: grant.at });
    return accepted(id);
  }
}
