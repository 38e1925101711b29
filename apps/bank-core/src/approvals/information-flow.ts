import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  assert,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AccountsService, type ServiceAccount } from '../accounts/index.js';
import {
  ConsentsService,
  type ConsentRefusal,
  type ExtendConsent,
  type ExtensionRefusal,
  type Wording,
} from '../consents/index.js';
import { CLOCK } from '../platform/platform.module.js';
import type { Approval, InformationAsked } from './domain/approval.js';
import { consentEndsAt } from './domain/consent-term.js';
import { isChoosable } from './domain/choose-accounts.js';
import { Endings } from './endings.js';
import { ApprovalStore } from './storage/approval.store.pg.js';

/** The words that stood on the page, exactly, with their hash. */
export type WordingShown = Wording;

/** A yes with everything that it is about. */
type Agreed = Approval &
  Omit<ExtendConsent, 'consentId' | 'parties' | 'termDays'> &
  InformationAsked;

class ApprovalOver extends Error {
  override readonly name = 'ApprovalOver';
}

/** Choosing accounts, for a consent or as the payer of a transfer, and agreeing to a consent. */
@Injectable()
export class InformationFlow {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(AccountsService) private readonly accountsService: AccountsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(Endings) private readonly endings: Endings,
  ) {}

  /** All service accounts of the holder who logged in, those that cannot be chosen included. */
  async accounts(approval: Approval): Promise<ServiceAccount[]> {
    const { institutionId, holderId } = approval;
    assert(institutionId !== undefined && holderId !== undefined, 'Accounts follow a log-in.');
    return this.database.inInstitution(institutionId, (tx) =>
      this.accountsService.serviceAccountsOf(tx, institutionId, holderId),
    );
  }

  /** Keeps the choice; `undefined` when one of them is no account of this holder that can be chosen. */
  async choose(approval: Approval, accountIds: readonly string[]): Promise<Approval | undefined> {
    const accounts = await this.accounts(approval);
    const { kind } = approval.asked;
    const choosable = new Set(
      accounts.filter((one) => isChoosable(one, kind)).map(({ accountId }) => accountId as string),
    );
    if (accountIds.length === 0 || !accountIds.every((id) => choosable.has(id))) return undefined;
    const chosen = [...new Set(accountIds)].sort();
    const [debitAccountId] = chosen;
    if (kind !== 'transfer_initiation')
      return this.store.advance(approval, { stage: 'consent', accountIds: chosen });
    if (debitAccountId === undefined || chosen.length > 1) return undefined;
    return this.store.advance(approval, {
      stage: 'transfer',
      accountIds: chosen,
      debitAccountId,
    });
  }

  /** When a consent given now would end: the last moment of the day after the term, in Tokyo. */
  async endsAt(approval: Approval): Promise<Instant> {
    const { asked } = approval;
    assert(asked.kind !== 'transfer_initiation', 'Only a consent has a term.');
    return consentEndsAt(await this.clock.now(), asked.termDays);
  }

  /** When the consent that is to be extended ends as it stands; nothing where a new one is asked for. */
  async presentEnd({
    asked,
    institutionId,
    askedConsentId,
  }: Approval): Promise<Instant | undefined> {
    if (asked.kind !== 'consent_extension') return undefined;
    assert(institutionId !== undefined && askedConsentId !== undefined, 'It names its consent.');
    const consent = await this.database.inInstitution(institutionId, (tx) =>
      this.consents.byId(tx, institutionId, askedConsentId),
    );
    return consent?.expiresAt;
  }

  /**
   * Turns the holder's yes into a consent and ends the request, in one transaction. Refuses as the consent
   * does, when the link was stopped or the consent ended meanwhile; the request has then ended too.
   */
  async agree(
    approval: Approval,
    wording: WordingShown,
    expiresAt: Instant,
  ): Promise<Result<void, Refusal<ConsentRefusal | ExtensionRefusal>>> {
    const { asked, institutionId, holderId } = approval;
    assert(asked.kind !== 'transfer_initiation', 'Only account information needs a consent.');
    assert(institutionId !== undefined && holderId !== undefined, 'A consent follows a log-in.');
    const at = await this.clock.now();
    const agreed = { ...approval, ...asked, institutionId, holderId, wording, at, expiresAt };
    const result = await this.write(approval, agreed);
    if (!result.ok) await this.giveUp(approval, result.refusal.code);
    return result;
  }

  private async write(
    approval: Approval,
    agreed: Agreed,
  ): Promise<Result<void, Refusal<ConsentRefusal | ExtensionRefusal>>> {
    const { institutionId, at } = agreed;
    try {
      return await this.database.inInstitution(institutionId, async (tx) => {
        const consent =
          approval.asked.kind === 'consent_extension'
            ? await this.extend(tx, agreed)
            : await this.consents.grant(tx, {
                ...agreed,
                consentId: approval.askedConsentId,
                askedAt: approval.createdAt,
                decideBy: approval.expiresAt,
              });
        if (!consent.ok) return consent;
        const ending = { outcome: 'approved', consentId: consent.value, at } as const;
        // Somebody else ended it first: the consent must not stay.
        if (!(await this.endings.write(tx, approval, ending))) throw new ApprovalOver();
        return accepted(undefined);
      });
    } catch (error) {
      if (error instanceof ApprovalOver) return accepted(undefined);
      throw error;
    }
  }

  /** The holder's yes came too late, by a stop or by an end of the consent: the way back is all that is left. */
  private giveUp(approval: Approval, code: string): Promise<void> {
    return this.endings.end(approval, code.startsWith('linkage_') ? 'stopped' : 'refused', code);
  }

  /**
   * After the log-in for an extension: nothing is entered again, the accounts stand as they were chosen. Only
   * the consent's own holder gets on; for anybody else the request has ended, `undefined`, and nothing is told
   * (T-05). Where none of the accounts is left, others are chosen first.
   */
  async beginExtension(approval: Approval): Promise<Approval | undefined> {
    const { institutionId, holderId, askedConsentId } = approval;
    assert(institutionId !== undefined && askedConsentId !== undefined, 'It names its consent.');
    const consent = await this.database.inInstitution(institutionId, (tx) =>
      this.consents.byId(tx, institutionId, askedConsentId),
    );
    if (!consent || consent.holderId !== holderId) {
      await this.endings.end(approval, 'refused', 'holder_unavailable');
      return undefined;
    }
    const accounts = await this.accounts(approval);
    const accountIds = accounts
      .filter((one) => isChoosable(one, approval.asked.kind))
      .flatMap(({ accountId }) => (consent.accountIds.includes(accountId) ? [accountId] : []))
      .sort();
    if (accountIds.length === 0) return approval;
    return (await this.store.advance(approval, { stage: 'consent', accountIds })) ?? approval;
  }

  private async extend(
    tx: Transaction,
    agreed: Agreed,
  ): Promise<Result<string, Refusal<ConsentRefusal | ExtensionRefusal>>> {
    const consentId = agreed.askedConsentId;
    assert(consentId !== undefined, 'An extension names its consent.');
    const extended = await this.consents.extend(tx, { ...agreed, consentId, parties: agreed });
    return extended.ok ? accepted(consentId) : extended;
  }
}
