import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnLinkage } from '../../../bank/index.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { wholePage } from '../list-page.js';
import { doneOnce, idOf, idSchema, ME, orRefuse, OwnAct, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { DemandDto, DemandReplyDto, DemandsDto, ReplyTakenDto, toDemands } from './demand.dto.js';

const PATH = `${ME}/improvement-demands`;
const DemandId = () => ApiParam({ name: 'demandId', schema: idSchema('dem') });

/** 改善要請: what is to be improved, by when, and the report of it (RKN-S4a, RKN-S4c). */
@Controller(PATH)
export class OwnDemandsController {
  constructor(@Inject(OwnLinkage) private readonly linkage: OwnLinkage) {}

  @Get()
  @OwnAffair({
    id: 'listImprovementDemands',
    ja: '自社への改善要請（終わっていないもの）',
    en: 'Open demands for improvement: items, period, what to submit; the list is whole',
  })
  @ApiOkResponse({ type: DemandsDto })
  async list(@CurrentAccess() access: Access): Promise<DemandsDto> {
    return wholePage(PATH, await this.all(access));
  }

  @Get(':demandId')
  @DemandId()
  @OwnAffair({ id: 'getImprovementDemand', ja: '改善要請', en: 'One open demand for improvement' })
  @ApiOkResponse({ type: DemandDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('demandId') demandId: string,
  ): Promise<DemandDto> {
    const found = (await this.all(access)).find((one) => one.demandId === demandId);
    if (!found) throw platformProblem('not_found');
    return found;
  }

  @Post(':demandId/replies')
  @DemandId()
  @OwnAct({
    id: 'replyToDemand',
    ja: '改善要請への報告',
    en: 'Report an improvement, or the remedy under a measure; people judge it (RKN-S4b)',
  })
  @ApiCreatedResponse({ type: ReplyTakenDto })
  async reply(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('demandId') text: string,
    @Body() body: DemandReplyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplyTakenDto> {
    const demandId = idOf('dem', text);
    const answer = await this.linkage.reply(ownCaller(access), key, { ...body, demandId });
    return { state: doneOnce(answer, reply).state };
  }

  private async all(access: Access): Promise<DemandDto[]> {
    return toDemands(orRefuse(await this.linkage.matters(ownCaller(access))));
  }
}
