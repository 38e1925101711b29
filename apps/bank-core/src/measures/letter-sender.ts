import { Inject, Injectable } from '@nestjs/common';
import type { AnnouncedMeasure, ClauseId, MachineDuty, NoticeToSend } from '#libs/contracts';
import { assert, type Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import { DocumentsService } from '../documents/index.js';
import { InstitutionsService } from '../institutions/index.js';
import type { MatterName } from '../matters/index.js';
import { composeLetter } from './domain/compose-letter.js';
import { aboutOfLetter } from './domain/letter.js';
import { isLetterNotice } from './domain/letter-words.js';
import type { EventExtras } from './domain/step-content.js';
import { LetterStore } from './storage/letter.store.pg.js';

export interface LetterToSend {
  readonly matter: MatterName;
  readonly epspId: string;
  readonly partnerId: string | undefined;
  readonly notice: NoticeToSend;
  readonly event: EventExtras;
  readonly announced: AnnouncedMeasure | undefined;
  readonly duties: readonly MachineDuty[];
  readonly at: Instant;
}

/** Writes what a step has to tell the intermediary, in the transaction of that step. */
@Injectable()
export class LetterSender {
  constructor(
    @Inject(DocumentsService) private readonly documents: DocumentsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(LetterStore) private readonly store: LetterStore,
  ) {}

  async send(tx: Transaction, letter: LetterToSend): Promise<string> {
    const { matter, notice, event, epspId, partnerId, at } = letter;
    assert(isLetterNotice(notice.kind), `Nobody knows how to say ${notice.kind}.`);
    const institution = await this.institutions.byId(matter.institutionId);
    const intermediary = await this.agreements.intermediary(epspId);
    assert(intermediary, `The matter of ${epspId} has its intermediary.`);
    const partner = partnerId === undefined ? undefined : await this.agreements.partner(partnerId);
    const about = aboutOfLetter(notice.kind, event);
    const document = composeLetter({
      notice: notice.kind,
      clause: notice.clause as ClauseId,
      issuer: { ja: institution.nameJa, en: institution.nameEn },
      addressee: { ja: `${intermediary.nameJa} 御中`, en: intermediary.nameEn },
      partner: partner && { ja: partner.nameJa, en: partner.nameEn },
      subject: about ?? matter.key,
      event,
      announced: letter.announced,
      duties: letter.duties,
      at,
    });
    const { seal } = await this.documents.issue(tx, document, at);
    await this.store.insert(tx, {
      institutionId: matter.institutionId,
      documentId: seal.id,
      epspId,
      chainPartnerId: partnerId,
      machine: matter.machine,
      key: matter.key,
      notice: notice.kind,
      clause: notice.clause,
      about,
      sentAt: at,
      arrival: undefined,
    });
    return seal.id;
  }
}
