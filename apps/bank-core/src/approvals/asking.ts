import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import { ConsentsService } from '../consents/index.js';
import type { Approval } from './domain/approval.js';
import { ApprovalStore } from './storage/approval.store.pg.js';

/**
 * Writes down the consent that a request asks for, as soon as its institution is known: what is waited for, refused
 * or left undecided can then be read by whoever asked (users.md A row 1).
 */
@Injectable()
export class Asking {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
  ) {}

  /** Idempotent: a request that is opened again keeps its consent, and the time to decide begins afresh. */
  async writeDown(approval: Approval): Promise<Approval> {
    const { asked, institutionId, askedConsentId } = approval;
    if (asked.kind !== 'account_information' || institutionId === undefined) return approval;
    const { createdAt: askedAt, expiresAt: decideBy } = approval;
    const ask = { ...approval, ...asked, institutionId, askedAt, decideBy };
    const consentId = await this.database.inInstitution(institutionId, async (tx) => {
      const isStillAsked =
        askedConsentId !== undefined &&
        (await this.consents.askAgain(tx, { institutionId, consentId: askedConsentId, decideBy }));
      return isStillAsked ? askedConsentId : this.consents.ask(tx, ask);
    });
    const named = await this.store.advance(approval, { askedConsentId: consentId });
    return named ?? approval;
  }
}
