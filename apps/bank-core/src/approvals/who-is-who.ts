import { Inject, Injectable } from '@nestjs/common';
import { AgreementsService } from '../agreements/index.js';
import { InstitutionsService } from '../institutions/index.js';
import type { Approval, Language } from './domain/approval.js';

/** Who asks and at which institution, by the bank's own register (T-07), in one language. */
export interface Names {
  readonly intermediaryName: string;
  readonly registration: string;
  readonly contact: string;
  readonly partnerName: string | undefined;
  readonly bankName: string | undefined;
}

@Injectable()
export class WhoIsWho {
  constructor(
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {}

  async namesIn(approval: Approval, language: Language): Promise<Names> {
    const intermediary = await this.agreements.intermediary(approval.epspId);
    const partner = await this.agreements.partner(approval.chainPartnerId);
    const bank =
      approval.institutionId === undefined
        ? undefined
        : await this.institutions.byId(approval.institutionId);
    const of = (one: { nameJa: string; nameEn: string } | undefined): string | undefined =>
      language === 'en' ? one?.nameEn : one?.nameJa;
    const contact = language === 'en' ? intermediary?.contactEn : intermediary?.contactJa;
    return {
      intermediaryName: of(intermediary) ?? approval.epspId,
      registration: intermediary?.registration ?? '',
      contact: contact ?? '',
      partnerName: of(partner),
      bankName: of(bank),
    };
  }
}
