import { Inject, Injectable } from '@nestjs/common';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { NoticesService } from '../notices/index.js';
import type { OpenedCase } from './case-book.service.js';
import { caseMail, type CaseMailFacts } from './domain/case-mail.js';

/** What a holder is told of a claim by mail, in the transaction of what happened to it. */
@Injectable()
export class CaseNotices {
  constructor(
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(NoticesService) private readonly notices: NoticesService,
  ) {}

  /** Nothing where the case names no holder: then nobody here is to be told. */
  async tell(
    { tx, name, facts, at }: OpenedCase,
    said: Pick<CaseMailFacts, 'kind' | 'answerBy'> & Partial<Pick<CaseMailFacts, 'needed'>>,
  ): Promise<void> {
    const { institutionId, caseId } = name;
    const { holderId } = facts;
    if (holderId === undefined) return;
    const holder = await this.holders.byId(tx, institutionId, holderId);
    if (!holder) return;
    const bank = await this.institutions.byId(institutionId);
    await this.notices.queue(tx, {
      institutionId,
      holderId,
      kind: `case_${said.kind}`,
      recipient: holder.mailAddress,
      ...caseMail({ needed: [], ...said, caseId, bank }),
      at,
    });
  }
}
