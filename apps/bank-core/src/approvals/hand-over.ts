import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  assert,
  CivilDate,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { ConsentsService, type Consent, type ConsentEnd } from '../consents/index.js';
import { InstitutionsService, type BankFunction } from '../institutions/index.js';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { CLOCK } from '../platform/platform.module.js';
import type { TransferView } from '../transfers/index.js';
import type { ApprovalRefusal } from './approval.refusals.js';
import {
  INTERACTION_MINUTES,
  type Approval,
  type Asked,
  type InformationAsked,
  type Language,
} from './domain/approval.js';
import { Asking } from './asking.js';
import { consentEndsAt } from './domain/consent-term.js';
import { Endings } from './endings.js';
import { hashOfSecret, newSecret, newSubject } from './one-time-secrets.js';
import { ApprovalStore } from './storage/approval.store.pg.js';

/** What a request wants, as it is handed over: an extension names the consent and brings nothing else. */
export type AskedOnHandOver =
  | Exclude<Asked, InformationAsked>
  | (InformationAsked & { readonly kind: 'account_information' })
  | {
      readonly kind: 'consent_extension';
      readonly consentId: string;
      readonly termDays: number;
    };

/** A pushed request as the gateway hands it over; its form was checked by the DTO. */
export interface HandOverRequest {
  readonly requestKey: string;
  readonly asked: AskedOnHandOver;
  readonly bankCode: string | undefined;
  readonly returnUrl: string;
  readonly redirectOrigin: string;
  readonly language: Language | undefined;
  readonly expiresAt: Instant;
}

export interface HandedOver {
  readonly approvalId: string;
  readonly url: string;
}

export interface ApprovalResult {
  readonly approval: Approval;
  readonly bankCode: string | undefined;
  readonly subject: string | undefined;
  /** As it stands now, with why nothing rests on it any more where it has ended since the yes. */
  readonly given: { readonly consent: Consent; readonly end: ConsentEnd | undefined } | undefined;
  readonly transfer: TransferView | undefined;
}

type Answer<Value> = Promise<Result<Value, Refusal<ApprovalRefusal>>>;

/** The back channel: a stored request in and a one-time handle out, a result handle in and the decision out. */
@Injectable()
export class HandOver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(BANK_CONFIG)
    private readonly config: Pick<BankConfig, 'publicOrigin' | 'gatewayOrigin'>,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(Endings) private readonly endings: Endings,
    @Inject(Asking) private readonly asking: Asking,
  ) {}

  /**
   * Takes a request in and gives the address that opens its pages once. The same key again voids the
   * earlier handle. Refuses as traffic is refused, as `mayExtend` does, and with `not_found` (institution,
   * transfer, consent), `validation_failed` (return address not the gateway's, time over),
   * `state_conflict` (decided, or other content under the same key).
   */
  async open(caller: InternalCaller, request: HandOverRequest): Answer<HandedOver> {
    const now = await this.clock.now();
    const isOurs = new URL(request.returnUrl).origin === this.config.gatewayOrigin;
    if (!isOurs || request.expiresAt <= now) return refused('validation_failed');
    const institution =
      request.bankCode === undefined
        ? undefined
        : await this.institutions.byBankCode(request.bankCode);
    if (request.bankCode !== undefined && !institution) return refused('not_found');
    if (!institution && request.asked.kind !== 'account_information')
      return refused('validation_failed');
    const asked = await this.askedOf(caller, request.asked, institution?.id, now);
    if (!asked.ok) return asked;
    const approval: Approval = {
      ...request,
      asked: asked.value,
      id: newId('apr', now),
      clientId: caller.clientId,
      epspId: caller.epspId,
      chainPartnerId: caller.chainPartnerId,
      interactionId: caller.interactionId,
      institutionId: institution?.id,
      institutionIsFixed: institution !== undefined,
      language: request.language ?? 'ja',
      createdAt: now,
      expiresAt: Math.min(request.expiresAt, now + INTERACTION_MINUTES * 60_000),
      stage: 'handed_over',
      holderId: undefined,
      accountIds: [],
      debitAccountId: undefined,
      askedConsentId:
        request.asked.kind === 'consent_extension' ? request.asked.consentId : undefined,
      outcome: undefined,
      reason: undefined,
      consentId: undefined,
    };
    const passes = await this.mayAsk(approval, now);
    if (!passes.ok) return passes;
    const handle = newSecret();
    const kept = await this.store.put(approval, hashOfSecret(handle));
    if (!kept) return refused('state_conflict');
    await this.asking.writeDown(kept);
    return accepted({
      approvalId: kept.id,
      url: `${this.config.publicOrigin}/approvals/${handle}`,
    });
  }

  /** What the holder decided, to the client that asked and for a short time; otherwise `not_found`. */
  async result(caller: Pick<InternalCaller, 'clientId'>, handle: string): Answer<ApprovalResult> {
    const now = await this.clock.now();
    const approval = await this.store.takeResult(hashOfSecret(handle), caller.clientId, now);
    if (!approval) return refused('not_found');
    const { institutionId, holderId, consentId, epspId } = approval;
    const institution =
      institutionId === undefined ? undefined : await this.institutions.byId(institutionId);
    const transfer = await this.endings.transferOf(approval);
    if (institutionId === undefined || holderId === undefined || approval.outcome !== 'approved')
      return accepted({
        approval,
        bankCode: institution?.bankCode,
        subject: undefined,
        given: undefined,
        transfer,
      });
    const { subject, given } = await this.database.inInstitution(institutionId, async (tx) => ({
      subject: await this.store.subjectOf(tx, { institutionId, holderId, epspId }, newSubject()),
      given:
        consentId === undefined
          ? undefined
          : await this.consents.withEnd(tx, institutionId, consentId, now),
    }));
    return accepted({ approval, bankCode: institution?.bankCode, subject, given, transfer });
  }

  /** An extension takes everything but its term from the consent; who asks must be who holds it (T-14). */
  private async askedOf(
    caller: InternalCaller,
    asked: AskedOnHandOver,
    institutionId: number | undefined,
    now: Instant,
  ): Promise<Result<Asked, Refusal<ApprovalRefusal>>> {
    if (asked.kind !== 'consent_extension') return accepted(asked);
    const { kind, consentId, termDays } = asked;
    assert(institutionId !== undefined, 'A consent to extend stands at one institution.');
    const expiresAt = consentEndsAt(now, termDays);
    const consent = await this.database.inInstitution(institutionId, (tx) =>
      this.consents.mayExtend(tx, { institutionId, consentId, parties: caller, expiresAt, now }),
    );
    if (!consent.ok) return consent;
    const { permissions, purpose } = consent.value;
    return accepted({ kind, permissions, purpose, termDays });
  }

  private async mayAsk(
    approval: Approval,
    now: Instant,
  ): Promise<Result<void, Refusal<ApprovalRefusal>>> {
    const { institutionId, asked } = approval;
    if (asked.kind === 'transfer_initiation') {
      const transfer = await this.endings.transferOf(approval);
      // The page names who asks from this request: it must be who pushed the transfer (T-02, T-14).
      const isTheirs =
        transfer?.epspId === approval.epspId && transfer.chainPartnerId === approval.chainPartnerId;
      if (!isTheirs) return refused('not_found');
    }
    if (asked.kind === 'account_information' && institutionId !== undefined) {
      const mayAsk = await this.database.inInstitution(institutionId, (tx) =>
        this.consents.mayAskConsent(tx, { ...approval, institutionId, at: now }),
      );
      if (!mayAsk.ok) return mayAsk;
    }
    for (const fn of functionsOf(asked)) {
      const passes =
        institutionId === undefined
          ? await this.mayAskSomewhere(approval, fn, now)
          : await this.database.inInstitution(institutionId, (tx) =>
              this.consents.checkTraffic(tx, { ...approval, institutionId, fn, at: now }),
            );
      if (!passes.ok) return passes;
    }
    return accepted(undefined);
  }

  /** Before an institution is picked only what belongs to the federation can be judged. */
  private async mayAskSomewhere(
    { epspId, chainPartnerId }: Approval,
    fn: BankFunction,
    now: Instant,
  ): Promise<Result<void, Refusal<ApprovalRefusal>>> {
    const today = CivilDate.inTokyo(now);
    const covered = await this.agreements.coverages(today);
    if (!covered.some(({ intermediaryId }) => intermediaryId === epspId))
      return refused('institution_not_covered', { clause: 'RKN-0.2' });
    const partner = await this.agreements.partnerFor(chainPartnerId, epspId, fn, today);
    return partner.ok ? accepted(undefined) : partner;
  }
}

/** The functions of the catalogue that a request needs. */
export const functionsOf = (asked: Asked): readonly BankFunction[] =>
  asked.kind === 'transfer_initiation' ? ['transfer_initiation'] : asked.permissions;
