import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, CivilDate, type Clock, type Refusal, type Result } from '#libs/kernel';
import { Database } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { ConsentsService, type TrafficRefusal } from '../consents/index.js';
import { CredentialsService, type CredentialRefusal } from '../credentials/index.js';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService, type Institution } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import type { Approval, Language } from './domain/approval.js';
import { Asking } from './asking.js';
import { Endings } from './endings.js';
import { functionsOf } from './hand-over.js';
import { hashOfSecret, newSecret } from './one-time-secrets.js';
import { ApprovalStore } from './storage/approval.store.pg.js';

/** A browser that has the pages of one request open. `session` is what its cookie holds. */
export interface Visit {
  readonly approval: Approval;
  readonly session: string;
}

export interface InstitutionChoice {
  readonly institution: Institution;
  /** Why it cannot be picked, in the traffic's own code. */
  readonly refusal: TrafficRefusal | undefined;
}

export interface Login {
  readonly loginId: string;
  readonly password: string;
  readonly source: string;
}

/** The steps that every request has: entering, picking an institution, logging in, leaving. */
@Injectable()
export class PageFlow {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(CredentialsService) private readonly credentials: CredentialsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
    @Inject(Endings) private readonly endings: Endings,
    @Inject(Asking) private readonly asking: Asking,
  ) {}

  /** Opens the pages by a handle, once. `undefined` when it was used, voided or never given. */
  async enter(handle: string): Promise<Visit | undefined> {
    const session = newSecret();
    const approval = await this.store.enter(
      hashOfSecret(handle),
      hashOfSecret(session),
      await this.clock.now(),
    );
    return approval && { approval, session };
  }

  /** The request behind a handle, whether or not it still opens anything. */
  byHandle(handle: string): Promise<Approval | undefined> {
    return this.store.byHandle(hashOfSecret(handle));
  }

  /**
   * The request whose pages this session has open, brought up to date: over its time, stopped by a
   * measure, or without its holder it has ended before anything is shown (RKN-S4c, RKN-D6, SM-9.2).
   */
  async resume(approvalId: string, session: string): Promise<Visit | undefined> {
    const found = await this.store.bySession(approvalId, hashOfSecret(session));
    if (!found || found.outcome) return found && { approval: found, session };
    await this.endIfItMust(found);
    const approval = await this.store.bySession(approvalId, hashOfSecret(session));
    return approval && { approval, session };
  }

  async speak(approval: Approval, language: Language): Promise<Approval> {
    return (await this.store.advance(approval, { language })) ?? approval;
  }

  /** Every institution that the intermediary's agreement covers, and why one cannot be picked now. */
  async institutionChoices(approval: Approval): Promise<InstitutionChoice[]> {
    const today = CivilDate.inTokyo(await this.clock.now());
    const covered = await this.agreements.coverages(today);
    const ids = covered.flatMap(({ intermediaryId, institutionId }) =>
      intermediaryId === approval.epspId ? [institutionId] : [],
    );
    const choices: InstitutionChoice[] = [];
    for (const institution of await this.institutions.all()) {
      if (!ids.includes(institution.id) || institution.kind === 'federation') continue;
      const passes = await this.mayPass(approval, institution.id);
      choices.push({ institution, refusal: passes.ok ? undefined : passes.refusal.code });
    }
    return choices;
  }

  /** Picks one of them; `undefined` when it is none that can be picked. */
  async chooseInstitution(approval: Approval, bankCode: string): Promise<Approval | undefined> {
    const choices = await this.institutionChoices(approval);
    const chosen = choices.find(({ institution }) => institution.bankCode === bankCode);
    if (!chosen || chosen.refusal) return undefined;
    return this.store.advance(approval, {
      stage: 'login',
      institutionId: chosen.institution.id,
    });
  }

  /** Logs in at the institution of the request, always afresh; the session gets a new id (T-05). */
  async login(
    visit: Visit,
    { loginId, password, source }: Login,
  ): Promise<Result<Visit, Refusal<CredentialRefusal>>> {
    const { institutionId, interactionId } = visit.approval;
    assert(institutionId !== undefined, 'A log-in follows the choice of an institution.');
    const attempt = { institutionId, loginId, password, source, interactionId };
    const holder = await this.credentials.checkLogin(attempt);
    if (!holder.ok) return holder;
    const session = newSecret();
    const approval = await this.store.advance(visit.approval, {
      stage: 'accounts',
      sessionHash: hashOfSecret(session),
      holderId: holder.value.id,
    });
    // It ended while the password was compared: the old session still leads to its end.
    if (!approval) return accepted(visit);
    // The institution was the holder's choice until now; from the log-in on it stands.
    const isNew = !approval.institutionIsFixed && approval.askedConsentId === undefined;
    return accepted({
      approval: isNew ? await this.asking.writeDown(approval) : approval,
      session,
    });
  }

  /** The way back that every page has: nothing is allowed. */
  cancel(approval: Approval): Promise<void> {
    return this.endings.end(approval, 'refused', 'user_cancelled');
  }

  private async endIfItMust(approval: Approval): Promise<void> {
    const now = await this.clock.now();
    if (approval.expiresAt <= now)
      return this.endings.end(approval, 'expired', 'interaction_expired');
    if (
      approval.asked.kind === 'transfer_initiation' &&
      (await this.endings.endByTransfer(approval))
    )
      return;
    if (approval.institutionId === undefined) return;
    const passes = await this.mayPass(approval, approval.institutionId);
    if (!passes.ok) {
      const { code } = passes.refusal;
      const outcome = code.startsWith('linkage_') ? 'stopped' : 'refused';
      return this.endings.end(approval, outcome, code);
    }
    const { institutionId, holderId } = approval;
    if (holderId === undefined) return;
    const holder = await this.database.inInstitution(institutionId, (tx) =>
      this.holders.byId(tx, institutionId, holderId),
    );
    if (holder?.serviceState !== 'active')
      await this.endings.end(approval, 'refused', 'holder_unavailable');
  }

  private async mayPass(
    approval: Approval,
    institutionId: number,
  ): Promise<Result<void, Refusal<TrafficRefusal>>> {
    const at = await this.clock.now();
    return this.database.inInstitution(institutionId, async (tx) => {
      for (const fn of functionsOf(approval.asked)) {
        const passes = await this.consents.checkTraffic(tx, { ...approval, institutionId, fn, at });
        if (!passes.ok) return passes;
      }
      return accepted(undefined);
    });
  }
}
