import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  accepted,
  newId,
  refused,
  type Instant,
  type Refusal,
  type Result,
  type Clock,
} from '#libs/kernel';
import { type Transaction } from '#libs/platform';
import { CredentialsService, type HolderAvailabilityChange } from '../credentials/index.js';
import { HoldersService } from '../holders/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import type {
  Consent,
  ConsentActorName,
  ConsentedCall,
  ConsentParties,
  Permission,
  Purpose,
} from './domain/consent.js';
import type { ConsentRefusal, TrafficRefusal } from './consent.refusals.js';
import { decideAccess } from './domain/decide-access.js';
import { decideGrant } from './domain/decide-grant.js';
import {
  changeConsent,
  changeHoldersConsents,
  consentById,
  insertConsent,
  lockConsent,
} from './storage/consent.store.pg.js';
import { TrafficCheck, type IntermediaryTraffic } from './traffic-check.js';

/** What the holder agreed to, exactly as it was shown. */
export interface GrantConsent extends ConsentParties {
  readonly institutionId: number;
  readonly holderId: string;
  readonly permissions: readonly Permission[];
  readonly purpose: Purpose;
  readonly accountIds: readonly string[];
  readonly wording: { readonly version: string; readonly text: string; readonly hash: string };
  readonly askedAt: Instant;
  readonly decideBy: Instant;
  readonly at: Instant;
  readonly expiresAt: Instant;
  readonly interactionId: string;
}

export interface RevokeConsent {
  readonly institutionId: number;
  readonly consentId: string;
  readonly actor: ConsentActorName;
  readonly reason: string;
  readonly at: Instant;
  readonly interactionId?: string;
  /** When an intermediary asks: its own consents only, another's is unknown. */
  readonly parties?: ConsentParties;
  /** When an officer acts: who, as the record names it. */
  readonly by?: readonly string[];
}

/** Consents: granted on the bank's own page, checked on every call, ended at once (RKN-S1, RKN-D6). */
@Injectable()
export class ConsentsService implements OnModuleInit {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(CredentialsService) private readonly credentials: CredentialsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TrafficCheck) private readonly traffic: TrafficCheck,
  ) {}

  onModuleInit(): void {
    this.credentials.onAvailability((tx, change) => this.followAvailability(tx, change));
  }

  /** Whether an intermediary's traffic may pass, before any consent is looked at. */
  checkTraffic(
    tx: Transaction,
    traffic: IntermediaryTraffic,
  ): Promise<Result<void, Refusal<TrafficRefusal>>> {
    return this.traffic.check(tx, traffic);
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
    for (const fn of grant.permissions) {
      const passes = await this.traffic.check(tx, { ...grant, fn, at: now });
      if (!passes.ok) return passes;
    }
    const decision = decideGrant({
      ...grant,
      wordingHash: grant.wording.hash,
      linkAllowsNew: true,
    });
    if (!decision.ok) return refused('consent_expired', { clause: 'RKN-S1' });
    const consent: Consent = {
      ...grant,
      id: newId('cns', grant.at),
      state: 'authorised',
      stateReason: 'agreed',
      wordingHash: grant.wording.hash,
      grantedAt: grant.at,
    };
    await insertConsent(tx, consent, grant.wording);
    await this.records.append(tx, {
      ...about(consent),
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
        wordingHash: grant.wording.hash,
      },
    });
    return accepted(consent.id);
  }

  byId(tx: Transaction, institutionId: number, consentId: string): Promise<Consent | undefined> {
    return consentById(tx, institutionId, consentId);
  }

  /**
   * May this call pass? In order, first refusal wins: coverage, link, chain partner, function, consent
   * alive and of these parties, permission, account inside it, holder available (T-29).
   */
  async check(
    tx: Transaction,
    call: ConsentedCall,
  ): Promise<Result<Consent, Refusal<ConsentRefusal>>> {
    const passes = await this.traffic.check(tx, call);
    if (!passes.ok) return passes;
    const consent = await consentById(tx, call.institutionId, call.consentId);
    const holder = consent && (await this.holders.byId(tx, call.institutionId, consent.holderId));
    return decideAccess({ consent, holderState: holder?.serviceState }, call);
  }

  /**
   * Ends a consent for good; the next call is refused. One that has already ended stays as it ended.
   * Refuses with `not_found`, also for another party's. Source: RKN-S1/c, RKN-D6.
   */
  async revoke(
    tx: Transaction,
    revoke: RevokeConsent,
  ): Promise<Result<void, Refusal<'not_found'>>> {
    const { institutionId, consentId, actor, reason, at, parties } = revoke;
    const consent = await lockConsent(tx, institutionId, consentId);
    const isTheirs =
      !parties || (consent?.clientId === parties.clientId && consent.epspId === parties.epspId);
    if (!consent || !isTheirs) return refused('not_found');
    if (consent.state !== 'authorised' && consent.state !== 'frozen') return accepted(undefined);
    await changeConsent(tx, consentId, { institutionId, state: 'revoked', reason, actor, at });
    await this.records.append(tx, {
      ...about(consent),
      happenedAt: at,
      kind: 'consent_revoked',
      interactionId: revoke.interactionId,
      content: { clause: 'RKN-S1', actor, reason, ...(revoke.by ? { by: revoke.by } : {}) },
    });
    return accepted(undefined);
  }

  /** SM-9.2/e: a locked holder's consents are frozen, never revoked; they thaw with the lock. */
  private async followAvailability(
    tx: Transaction,
    { institutionId, holderId, available, at }: HolderAvailabilityChange,
  ): Promise<void> {
    const reason = 'holder_locked';
    const change = { institutionId, actor: 'system', at } as const;
    const frozen = { ...change, state: 'frozen', reason } as const;
    const thawed = { ...change, state: 'authorised', reason: 'holder_unlocked' } as const;
    const changed = available
      ? await changeHoldersConsents(tx, holderId, { state: 'frozen', reason }, thawed)
      : await changeHoldersConsents(tx, holderId, { state: 'authorised' }, frozen);
    for (const consentId of changed)
      await this.records.append(tx, {
        institutionId,
        happenedAt: at,
        kind: available ? 'consent_thawed' : 'consent_frozen',
        holderId,
        consentId,
        content: { clause: 'SM-9.2', reason },
      });
  }
}

const about = (consent: Consent) => ({
  institutionId: consent.institutionId,
  holderId: consent.holderId,
  epspId: consent.epspId,
  chainPartnerId: consent.chainPartnerId,
  clientId: consent.clientId,
  consentId: consent.id,
});
