import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { instantToWire, isId } from '#libs/kernel';
import {
  idempotencySentences,
  idempotencyStatuses,
  platformProblem,
  problemOf,
} from '#libs/platform';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { measureSentences } from '../domain/measure.refusals.js';
import { NoticeStatements } from '../notice-statements.service.js';
import { measureStatuses } from './measure.problems.js';
import { StatementDto, StatementTakenDto } from './own-demands.dto.js';

/** 弁明・意見: the intermediary's own words to a prior notice (RKN-S4c, RKN-C2b). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/notices/:noticeId/statements`)
export class OwnStatementsController {
  constructor(@Inject(NoticeStatements) private readonly statements: NoticeStatements) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'stateOnNotice', summary: '事前の通知に対する弁明・意見' })
  @ApiOkResponse({ type: StatementTakenDto })
  async take(
    @Param('noticeId') noticeId: string,
    @Body() body: StatementDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementTakenDto> {
    if (!isId('ntc', noticeId)) throw platformProblem('not_found');
    const key = idempotencyKeyOf(request);
    const taken = await this.statements.take(internalCaller(request), key, noticeId, body);
    if (!taken.ok)
      throw problemOf(
        taken.refusal,
        { ...measureStatuses, ...idempotencyStatuses },
        { ...measureSentences, ...idempotencySentences },
      );
    if (taken.value.isReplay) void reply.header('idempotency-replayed', 'true');
    const { statementId, receivedAt } = taken.value.body;
    return { statementId, receivedAt: instantToWire(receivedAt) };
  }
}
