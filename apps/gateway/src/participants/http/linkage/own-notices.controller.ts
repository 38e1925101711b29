import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnLinkage } from '../../../bank/index.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { doneOnce, idOf, idSchema, ME, OwnAct } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { NoticeStatementRequestDto, StatementTakenDto } from './closed-demand.dto.js';

/** 弁明・意見: one's own view on a prior notice, before its measure may take effect (RKN-S4c, RKN-C2b). */
@Controller(`${ME}/notices`)
export class OwnNoticesController {
  constructor(@Inject(OwnLinkage) private readonly linkage: OwnLinkage) {}

  @Post(':noticeId/statements')
  @ApiParam({ name: 'noticeId', schema: idSchema('ntc') })
  @OwnAct({
    id: 'stateOnNotice',
    ja: '事前の通知に対する弁明・意見',
    en: 'State your view on a prior notice until its lead is over; people read it (RKN-S4c, C2b)',
  })
  @ApiCreatedResponse({ type: StatementTakenDto })
  async state(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('noticeId') noticeId: string,
    @Body() body: NoticeStatementRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementTakenDto> {
    const id = idOf('ntc', noticeId);
    const answer = await this.linkage.stateOnNotice(ownCaller(access), key, id, body);
    const { statementId, receivedAt } = doneOnce(answer, reply);
    return { statementId, receivedAt };
  }
}
