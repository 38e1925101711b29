import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { NoticesService } from '../notices/index.js';
import type { Consent, ConsentActorName } from './domain/consent.js';
import { consentMail, type ConsentMailKind } from './domain/consent-mail.js';

/** Receipts and reminders: what a holder is told of a consent, in the transaction of what happened to it. */
@Injectable()
export class ConsentNotices {
  constructor(
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(NoticesService) private readonly notices: NoticesService,
  ) {}

  /** `consent` as it stands after the change. */
  async tell(
    tx: Transaction,
    consent: Consent,
    kind: ConsentMailKind,
    when: { readonly at: Instant; readonly dueAt?: Instant; readonly by?: ConsentActorName },
  ): Promise<void> {
    const { institutionId, holderId, id: consentId } = consent;
    const holder = await this.holders.byId(tx, institutionId, holderId);
    const bank = await this.institutions.byId(institutionId);
    const intermediary = await this.agreements.intermediary(consent.epspId);
    if (!holder || !intermediary) return;
    const partner = await this.agreements.partner(consent.chainPartnerId);
    const mail = consentMail(kind, { consent, bank, intermediary, partner, by: when.by });
    await this.notices.queue(tx, {
      institutionId,
      holderId,
      kind: `consent_${kind}`,
      consentId,
      recipient: holder.mailAddress,
      ...mail,
      at: when.at,
      ...(when.dueAt === undefined ? {} : { dueAt: when.dueAt }),
    });
  }
}
