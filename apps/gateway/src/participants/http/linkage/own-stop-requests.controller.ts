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
import {
  ReplyTakenDto,
  StatementDto,
  StopRequestDto,
  StopRequestsDto,
  toStopRequests,
} from './demand.dto.js';

const PATH = `${ME}/stop-requests`;
const RequestId = () => ApiParam({ name: 'requestId', schema: idSchema('req') });

/** 連鎖接続の停止の要請: which partner, by when, and the report that it is stopped (RKN-C2a). */
@Controller(PATH)
export class OwnStopRequestsController {
  constructor(@Inject(OwnLinkage) private readonly linkage: OwnLinkage) {}

  @Get()
  @OwnAffair({
    id: 'listStopRequests',
    ja: '連鎖接続の停止の要請（終わっていないもの）',
    en: 'Open requests to stop a chain partner; the list is whole',
  })
  @ApiOkResponse({ type: StopRequestsDto })
  async list(@CurrentAccess() access: Access): Promise<StopRequestsDto> {
    return wholePage(PATH, await this.all(access));
  }

  @Get(':requestId')
  @RequestId()
  @OwnAffair({
    id: 'getStopRequest',
    ja: '連鎖接続の停止の要請',
    en: 'One open request to stop a chain partner',
  })
  @ApiOkResponse({ type: StopRequestDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('requestId') requestId: string,
  ): Promise<StopRequestDto> {
    const found = (await this.all(access)).find((one) => one.requestId === requestId);
    if (!found) throw platformProblem('not_found');
    return found;
  }

  @Post(':requestId/replies')
  @RequestId()
  @OwnAct({
    id: 'replyToStopRequest',
    ja: '連鎖接続を停止した旨の報告',
    en: 'Report that the chain connection is stopped (RKN-C2a)',
  })
  @ApiCreatedResponse({ type: ReplyTakenDto })
  async reply(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('requestId') text: string,
    @Body() body: StatementDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplyTakenDto> {
    const requestId = idOf('req', text);
    const told = { ...body, requestId, kind: 'partner_stopped' } as const;
    const answer = await this.linkage.reply(ownCaller(access), key, told);
    return { state: doneOnce(answer, reply).state };
  }

  private async all(access: Access): Promise<StopRequestDto[]> {
    return toStopRequests(orRefuse(await this.linkage.matters(ownCaller(access))));
  }
}
