import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { NoticesService } from '../notices/index.js';
import type { Consent, ConsentActorName } from './domain/consent.js';
import { consentMail, type ConsentMailKind } from './domain/consent-mail.js';
import { stopMail } from './domain/stop-mail.js';

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

  /** A stop froze these consents: each holder is told of it once, whatever else it freezes of his (RKN-S4c). */
  async tellStopped(
    tx: Transaction,
    frozen: readonly Consent[],
    stop: { readonly since: Instant; readonly at: Instant },
  ): Promise<void> {
    for (const consent of oneOfEachHolder(frozen))
      await this.tellOfStop(tx, consent, {
        ...stop,
        kind: 'stopped',
        onceKey: `${consent.epspId}:${stop.since}`,
      });
  }

  /** They live again: who was told of the stop is told of its end, once. */
  async tellResumed(tx: Transaction, thawed: readonly Consent[], at: Instant): Promise<void> {
    for (const consent of oneOfEachHolder(thawed)) {
      const { institutionId, holderId, epspId } = consent;
      const about = { institutionId, holderId, kind: 'link_stopped', prefix: `${epspId}:` };
      const onceKey = await this.notices.lastToldOnce(tx, about);
      if (onceKey === undefined) continue;
      const since = Number(onceKey.slice(about.prefix.length));
      await this.tellOfStop(tx, consent, { kind: 'resumed', since, at, onceKey });
    }
  }

  private async tellOfStop(
    tx: Transaction,
    { institutionId, holderId, epspId }: Consent,
    told: {
      readonly kind: 'stopped' | 'resumed';
      readonly since: Instant;
      readonly at: Instant;
      readonly onceKey: string;
    },
  ): Promise<void> {
    const holder = await this.holders.byId(tx, institutionId, holderId);
    const bank = await this.institutions.byId(institutionId);
    const intermediary = await this.agreements.intermediary(epspId);
    if (!holder || !intermediary) return;
    const { kind, since, at, onceKey } = told;
    await this.notices.queue(tx, {
      institutionId,
      holderId,
      kind: `link_${kind}`,
      recipient: holder.mailAddress,
      ...stopMail(kind, { bank, intermediary, since }),
      at,
      onceKey,
    });
  }
}

const oneOfEachHolder = (consents: readonly Consent[]): readonly Consent[] => [
  ...new Map(consents.map((consent) => [consent.holderId, consent])).values(),
];
