import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnLinkage } from '../../../bank/index.js';
import { wholePage } from '../list-page.js';
import { ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { OwedListDto, toOwed } from './duty.dto.js';

const PATH = `${ME}/duties`;

/** What is left to do towards each institution: what, under which clause, by when (RKN-S3, S4, C1, C2). */
@Controller(PATH)
export class OwnDutiesController {
  constructor(@Inject(OwnLinkage) private readonly linkage: OwnLinkage) {}

  @Get()
  @OwnAffair({
    id: 'listDuties',
    ja: '残っている義務（期限の近い順）',
    en: 'What you still owe, what is due first on top; the list is whole',
  })
  @ApiOkResponse({ type: OwedListDto })
  async list(@CurrentAccess() access: Access): Promise<OwedListDto> {
    return wholePage(PATH, toOwed(orRefuse(await this.linkage.matters(ownCaller(access)))));
  }
}
