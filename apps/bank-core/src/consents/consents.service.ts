import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Instant, Refusal, Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { HoldersService } from '../holders/index.js';
import { ChangeConsents } from './change-consents.js';
import type {
  AmendConsent,
  ExtendConsent,
  ExtensionAsked,
  RevokeConsent,
} from './change-consents.js';
import type { Consent, ConsentChange, ConsentedCall } from './domain/consent.js';
import type {
  ConsentAccount,
  ConsentVersion,
  ConsentView,
  PageOf,
} from './domain/consent-views.js';
import type {
  ConsentEnd,
  ConsentRefusal,
  ExtensionRefusal,
  TrafficRefusal,
} from './consent.refusals.js';
import { decideAccess, endOf } from './domain/decide-access.js';
import { FollowAvailability } from './follow-availability.js';
import { MakeConsents } from './make-consents.js';
import type { AskAgain, AskConsent, GrantConsent, RejectConsent } from './make-consents.js';
import type { ReachedFunctions } from './domain/reached-functions.js';
import { countTouched } from './storage/consent-count.store.pg.js';
import { accountsOf } from './storage/consent-account.store.pg.js';
import { versionsOf, viewById, viewsOf } from './storage/consent-view.store.pg.js';
import type { Owner, ViewQuery } from './storage/consent-view.store.pg.js';
import { accessFacts, consentById } from './storage/consent.store.pg.js';
import { TrafficCheck, type ConsentAsked, type IntermediaryTraffic } from './traffic-check.js';

/** Consents: asked for, given on the bank's own page, checked on every call, ended at once (RKN-S1, RKN-D6). */
@Injectable()
export class ConsentsService implements OnModuleInit {
  constructor(
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(TrafficCheck) private readonly traffic: TrafficCheck,
    @Inject(MakeConsents) private readonly making: MakeConsents,
    @Inject(ChangeConsents) private readonly changing: ChangeConsents,
    @Inject(FollowAvailability) private readonly availability: FollowAvailability,
  ) {}

  onModuleInit(): void {
    this.holders.onServiceState((tx, change) => this.availability.follow(tx, change));
  }

  /** Whether an intermediary's traffic may pass, before any consent is looked at. */
  checkTraffic(
    tx: Transaction,
    traffic: IntermediaryTraffic,
  ): Promise<Result<void, Refusal<TrafficRefusal>>> {
    return this.traffic.check(tx, traffic);
  }

  /** See `TrafficCheck.mayAskConsent`. */
  mayAskConsent(
    tx: Transaction,
    asked: ConsentAsked,
  ): Promise<Result<void, Refusal<TrafficRefusal>>> {
    return this.traffic.mayAskConsent(tx, asked);
  }

  /** How many consents in force, of how many users, rest on functions that a measure would take away. */
  countTouched(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    reached: ReachedFunctions,
  ): Promise<{ consents: number; users: number }> {
    return countTouched(tx, institutionId, epspId, reached);
  }

  /** See `MakeConsents.ask`. */
  ask(tx: Transaction, ask: AskConsent): Promise<Consent['id']> {
    return this.making.ask(tx, ask);
  }

  /** See `MakeConsents.reject`. */
  reject(tx: Transaction, reject: RejectConsent): Promise<void> {
    return this.making.reject(tx, reject);
  }

  /** See `MakeConsents.grant`. */
  grant(
    tx: Transaction,
    grant: GrantConsent,
  ): Promise<Result<Consent['id'], Refusal<ConsentRefusal>>> {
    return this.making.grant(tx, grant);
  }

  /** See `MakeConsents.askAgain`. */
  askAgain(tx: Transaction, again: AskAgain): Promise<boolean> {
    return this.making.askAgain(tx, again);
  }

  /** See `ChangeConsents.mayExtend`. */
  mayExtend(
    tx: Transaction,
    asked: ExtensionAsked,
  ): Promise<Result<Consent, Refusal<ExtensionRefusal | 'not_found'>>> {
    return this.changing.mayExtend(tx, asked);
  }

  /** See `ChangeConsents.extend`. */
  extend(
    tx: Transaction,
    extend: ExtendConsent,
  ): Promise<Result<void, Refusal<ConsentRefusal | ExtensionRefusal>>> {
    return this.changing.extend(tx, extend);
  }

  /** See `ChangeConsents.amend`. */
  amend(
    tx: Transaction,
    amend: AmendConsent,
  ): Promise<Result<void, Refusal<ConsentRefusal | ExtensionRefusal>>> {
    return this.changing.amend(tx, amend);
  }

  /** See `ChangeConsents.revoke`. */
  revoke(tx: Transaction, revoke: RevokeConsent): Promise<Result<void, Refusal<'not_found'>>> {
    return this.changing.revoke(tx, revoke);
  }

  /** A consent that was given; one that was only asked for is none. */
  byId(tx: Transaction, institutionId: number, consentId: string): Promise<Consent | undefined> {
    return consentById(tx, institutionId, consentId);
  }

  /** The same with why it carries nothing any more, where it has ended since the yes. */
  async withEnd(
    tx: Transaction,
    institutionId: number,
    consentId: string,
    at: Instant,
  ): Promise<{ consent: Consent; end: ConsentEnd | undefined } | undefined> {
    const { consent, holderState } = await accessFacts(tx, institutionId, consentId);
    return consent && { consent, end: endOf(consent, holderState, at)?.code };
  }

  /** A client's consents in every state, the newest first; another client's are none. */
  views(
    tx: Transaction,
    institutionId: number,
    owner: Owner,
    query: ViewQuery,
  ): Promise<PageOf<ConsentView>> {
    return viewsOf(tx, institutionId, owner, query);
  }

  view(
    tx: Transaction,
    institutionId: number,
    owner: Owner,
    consentId: string,
  ): Promise<ConsentView | undefined> {
    return viewById(tx, institutionId, owner, consentId);
  }

  /** Every account that ever stood in the consent, with its state; whoever asks has seen the view first. */
  accounts(tx: Transaction, institutionId: number, consentId: string): Promise<ConsentAccount[]> {
    return accountsOf(tx, institutionId, consentId);
  }

  /** The versions, the newest first; `change` takes those of one kind. */
  history(
    tx: Transaction,
    institutionId: number,
    consentId: string,
    query: { change: ConsentChange | undefined; limit: number; after: string | undefined },
  ): Promise<PageOf<ConsentVersion>> {
    return versionsOf(tx, institutionId, consentId, query);
  }

  /**
   * May this call pass? In order, first refusal wins: coverage, link, chain partner, function, consent
   * alive and of these parties, permission, account inside it, holder available (T-29).
   */
  async check(
    tx: Transaction,
    call: ConsentedCall,
  ): Promise<Result<Consent, Refusal<ConsentRefusal>>> {
    const [passes, facts] = await Promise.all([
      this.traffic.check(tx, call),
      accessFacts(tx, call.institutionId, call.consentId),
    ]);
    return passes.ok ? decideAccess(facts, call) : passes;
  }
}
