import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { CustomerClaim } from '../platform/internal-caller.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { aboutConsent } from './about-consent.js';
import { ConsentNotices } from './consent-notices.js';
import type { ConsentRefusal, ExtensionRefusal } from './consent.refusals.js';
import type { Consent, ConsentActorName, ConsentParties } from './domain/consent.js';
import { decideExtension } from './domain/decide-extension.js';
import type { Wording } from './make-consents.js';
import { replaceAccounts } from './storage/consent-account.store.pg.js';
import {
  extendConsent,
  moveConsents,
  noteChange,
  theConsent,
} from './storage/consent-change.store.pg.js';
import { keepWording } from './storage/consent-making.store.pg.js';
import { consentById, lockConsent } from './storage/consent.store.pg.js';
import { TrafficCheck } from './traffic-check.js';

/** Whether the same parties may ask the holder for longer. */
export interface ExtensionAsked {
  readonly institutionId: number;
  readonly consentId: string;
  readonly parties: ConsentParties;
  readonly expiresAt: Instant;
  readonly now: Instant;
}

export interface ExtendConsent {
  readonly institutionId: number;
  readonly consentId: string;
  readonly holderId: string;
  readonly parties: ConsentParties;
  readonly accountIds: readonly string[];
  readonly wording: Wording;
  readonly termDays: number;
  readonly expiresAt: Instant;
  readonly at: Instant;
  readonly interactionId: string;
}

export interface AmendConsent {
  readonly institutionId: number;
  readonly consentId: string;
  readonly holderId: string;
  readonly accountIds: readonly string[];
  readonly at: Instant;
  readonly interactionId?: string;
}

export interface RevokeConsent {
  readonly institutionId: number;
  readonly consentId: string;
  readonly actor: ConsentActorName;
  readonly reason: string;
  readonly at: Instant;
  readonly interactionId?: string;
  /** When an intermediary asks: its own consents only, another's is unknown. */
  readonly parties?: Pick<ConsentParties, 'clientId' | 'epspId'>;
  /** When a holder asks: his or her own only. */
  readonly holderId?: string;
  /** When it came through the gateway: what the intermediary claimed of its customer. */
  readonly customer?: CustomerClaim;
  /** When an officer acts: who, as the record names it. */
  readonly by?: readonly string[];
}

type Answer = Promise<Result<void, Refusal<ConsentRefusal | ExtensionRefusal>>>;

/** What holder, intermediary and institution may do to a consent in force. Every change is a version of it. */
@Injectable()
export class ChangeConsents {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(TrafficCheck) private readonly traffic: TrafficCheck,
    @Inject(ConsentNotices) private readonly notices: ConsentNotices,
  ) {}

  /** Before the holder is asked. Refuses as `decideExtension`, and `not_found` for another party's consent. */
  async mayExtend(
    tx: Transaction,
    { institutionId, consentId, parties, expiresAt, now }: ExtensionAsked,
  ): Promise<Result<Consent, Refusal<ExtensionRefusal | 'not_found'>>> {
    const consent = await consentById(tx, institutionId, consentId);
    if (!consent || !sameParties(consent, parties)) return refused('not_found');
    const decision = decideExtension(consent, expiresAt, now);
    return decision.ok ? accepted(consent) : decision;
  }

  /**
   * The same terms for longer, with the accounts as chosen now. Parties, permissions and purpose are those of
   * the consent and cannot be given (T-14). Under the shared link lock, as a grant. Refuses as `checkTraffic`
   * and `decideExtension` do, and with `not_found` for another holder's or party's consent.
   */
  async extend(tx: Transaction, extend: ExtendConsent): Answer {
    const { institutionId, consentId, accountIds, expiresAt, wording, termDays, at } = extend;
    await tx.query('select lock_link_shared($1::smallint)', [institutionId]);
    const now = await this.clock.now();
    const consent = await lockConsent(tx, institutionId, consentId);
    const isTheirs = consent?.holderId === extend.holderId && sameParties(consent, extend.parties);
    if (!consent || !isTheirs) return refused('not_found');
    for (const fn of consent.permissions) {
      const passes = await this.traffic.check(tx, { ...consent, fn, at: now });
      if (!passes.ok) return passes;
    }
    const decision = decideExtension(consent, expiresAt, now);
    if (!decision.ok) return decision;
    await keepWording(tx, institutionId, { ...wording, at });
    if (!sameAccounts(consent.accountIds, accountIds))
      await this.amendAccounts(tx, consent, accountIds, at);
    const change = {
      institutionId,
      change: 'extended',
      reason: 'extended',
      actor: 'holder',
    } as const;
    await extendConsent(
      tx,
      consentId,
      { ...change, at },
      { expiresAt, termDays, wordingVersion: wording.version, wordingHash: wording.hash },
    );
    await this.records.append(tx, {
      ...aboutConsent(consent),
      happenedAt: at,
      kind: 'consent_extended',
      interactionId: extend.interactionId,
      content: {
        clause: 'RKN-S1',
        from: consent.expiresAt,
        expiresAt,
        accountIds,
        wordingVersion: wording.version,
        wordingHash: wording.hash,
      },
    });
    await this.notices.tell(tx, { ...consent, accountIds, expiresAt }, 'extended', { at });
    return accepted(undefined);
  }

  /** The holder's other choice of accounts: an amendment, no new consent. Refuses as `extend` does. */
  async amend(tx: Transaction, amend: AmendConsent): Answer {
    const { institutionId, consentId, holderId, accountIds, at } = amend;
    const consent = await lockConsent(tx, institutionId, consentId);
    if (consent?.holderId !== holderId) return refused('not_found');
    if (consent.state !== 'authorised' && consent.state !== 'frozen')
      return refused(consent.state === 'expired' ? 'consent_expired' : 'consent_revoked');
    if (accountIds.length === 0) return refused('not_found');
    if (sameAccounts(consent.accountIds, accountIds)) return accepted(undefined);
    await this.amendAccounts(tx, consent, accountIds, at);
    await this.records.append(tx, {
      ...aboutConsent(consent),
      happenedAt: at,
      kind: 'consent_amended',
      interactionId: amend.interactionId,
      content: { clause: 'RKN-S1', from: consent.accountIds, accountIds },
    });
    await this.notices.tell(tx, { ...consent, accountIds }, 'amended', { at });
    return accepted(undefined);
  }

  /**
   * Ends a consent for good; the next call is refused. One that has already ended stays as it ended.
   * Refuses with `not_found`, also for another party's. Source: RKN-S1/c, RKN-D6.
   */
  async revoke(
    tx: Transaction,
    revoke: RevokeConsent,
  ): Promise<Result<void, Refusal<'not_found'>>> {
    const { institutionId, consentId, actor, reason, at, parties, holderId } = revoke;
    const consent = await lockConsent(tx, institutionId, consentId);
    const isTheirs =
      !parties || (consent?.clientId === parties.clientId && consent.epspId === parties.epspId);
    const isTheHolders = holderId === undefined || consent?.holderId === holderId;
    if (!consent || !isTheirs || !isTheHolders) return refused('not_found');
    const moved = await moveConsents(
      tx,
      { institutionId, change: 'revoked', state: 'revoked', reason, actor, at },
      ['authorised', 'frozen'],
      theConsent(consentId),
    );
    if (moved.length === 0) return accepted(undefined);
    await this.records.append(tx, {
      ...aboutConsent(consent),
      happenedAt: at,
      kind: 'consent_revoked',
      interactionId: revoke.interactionId,
      customerClaim: revoke.customer,
      content: { clause: 'RKN-S1', actor, reason, ...(revoke.by ? { by: revoke.by } : {}) },
    });
    await this.notices.tell(tx, consent, 'ended', { at, by: actor });
    return accepted(undefined);
  }

  private async amendAccounts(
    tx: Transaction,
    { institutionId, id }: Consent,
    accountIds: readonly string[],
    at: Instant,
  ): Promise<void> {
    await replaceAccounts(tx, institutionId, id, accountIds, at);
    const change = { change: 'amended', reason: 'accounts_changed', actor: 'holder' } as const;
    await noteChange(tx, [id], { institutionId, at, ...change });
  }
}

const sameParties = (a: ConsentParties, b: ConsentParties): boolean =>
  a.clientId === b.clientId && a.epspId === b.epspId && a.chainPartnerId === b.chainPartnerId;

const sameAccounts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));
