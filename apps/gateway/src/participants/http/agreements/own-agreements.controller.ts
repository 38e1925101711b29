import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnAffairs } from '../../../bank/index.js';
import { wholePage } from '../list-page.js';
import { ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { AgreementsDto, toAgreement } from './agreement.dto.js';

const PATH = `${ME}/agreements`;

/** 契約: every version, and which institutions it covers from when until when (RKN-0.1, RKN-0.2). */
@Controller(PATH)
export class OwnAgreementsController {
  constructor(@Inject(OwnAffairs) private readonly affairs: OwnAffairs) {}

  @Get()
  @OwnAffair({
    id: 'listAgreements',
    ja: '自社の契約の版と対象の金融機関',
    en: 'Your agreements by version, and whom they cover; the list is whole',
  })
  @ApiOkResponse({ type: AgreementsDto })
  async list(@CurrentAccess() access: Access): Promise<AgreementsDto> {
    const views = orRefuse(await this.affairs.agreements(ownCaller(access)));
    return wholePage(PATH, views.map(toAgreement));
  }
}
