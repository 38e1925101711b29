import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnCases, OwnLinkage } from '../../../bank/index.js';
import { wholePage } from '../list-page.js';
import { ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { OwedListDto, toOwed } from './duty.dto.js';

const PATH = `${ME}/duties`;
/** Of the newest ones: what bank-core hands out at a time. */
const CASES_MAX = 500;

/** What is left to do towards each institution: what, under which clause, by when (RKN-S3, S4, C1, C2, L1). */
@Controller(PATH)
export class OwnDutiesController {
  constructor(
    @Inject(OwnLinkage) private readonly linkage: OwnLinkage,
    @Inject(OwnCases) private readonly cases: OwnCases,
  ) {}

  @Get()
  @OwnAffair({
    id: 'listDuties',
    ja: '残っている義務（期限の近い順）',
    en: 'What you still owe, what is due first on top; the list is whole',
  })
  @ApiOkResponse({ type: OwedListDto })
  async list(@CurrentAccess() access: Access): Promise<OwedListDto> {
    const caller = ownCaller(access);
    const matters = orRefuse(await this.linkage.matters(caller));
    const cases = orRefuse(await this.cases.cases(caller, { limit: CASES_MAX }));
    return wholePage(PATH, toOwed(matters, cases));
  }
}
