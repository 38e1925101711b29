import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { ApplicationsService } from '../../applications.service.js';
import { applicationToWire } from '../application-wire.js';
import {
  ApplicationDto,
  ApplicationsDto,
  ApplicationTakenDto,
  ListApplicationsQuery,
  OpenApplicationDto,
  OwnMoveDto,
} from '../application.dto.js';
import { applicationProblemSentences, applicationStatuses } from '../application.problems.js';

const PAGE = 50;

/** 接続までの7ステップ: the intermediary's side of its applications. */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/applications`)
export class OwnApplicationsController {
  constructor(@Inject(ApplicationsService) private readonly applications: ApplicationsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listOwnApplications',
    summary: '自社の接続の申込み',
    ...{ 'x-summary-en': 'Own applications, each with its steps and their clocks' },
  })
  @ApiOkResponse({ type: ApplicationsDto })
  async list(
    @Query() { before, limit = PAGE }: ListApplicationsQuery,
    @Req() request: FastifyRequest,
  ): Promise<ApplicationsDto> {
    const { epspId } = internalCaller(request);
    const found = await this.applications.list({ epspId, before, limit });
    return { applications: found.map(applicationToWire) };
  }

  @Get(':applicationId')
  @ApiOperation({
    operationId: 'getOwnApplication',
    summary: '接続の申込みの進み具合',
    ...{ 'x-summary-en': 'One application' },
  })
  @ApiOkResponse({ type: ApplicationDto })
  async get(
    @Param('applicationId') id: string,
    @Req() request: FastifyRequest,
  ): Promise<ApplicationDto> {
    const { epspId } = internalCaller(request);
    const found = isId('app', id) ? await this.applications.find(id, epspId) : undefined;
    if (!found) throw platformProblem('not_found');
    return applicationToWire(found);
  }

  @Post()
  @ApiOperation({
    operationId: 'openApplication',
    summary: '接続の申込みの開始',
    ...{ 'x-summary-en': 'Open an application' },
  })
  @ApiCreatedResponse({ type: ApplicationTakenDto })
  async open(
    @Body() { purpose }: OpenApplicationDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationTakenDto> {
    const key = idempotencyKeyOf(request);
    return answer(reply, await this.applications.openOwn(internalCaller(request), key, purpose));
  }

  @Post(':applicationId/moves')
  @ApiOperation({
    operationId: 'moveApplication',
    summary: '手順の提出・申込みの取下げ',
    ...{ 'x-summary-en': 'Submit a step, or withdraw the application' },
  })
  @ApiCreatedResponse({ type: ApplicationTakenDto })
  async move(
    @Param('applicationId') id: string,
    @Body() { act, step, note = '', documents = [] }: OwnMoveDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationTakenDto> {
    if (!isId('app', id)) throw platformProblem('not_found');
    const said = { act, step, note, documents, targetOn: undefined };
    const key = idempotencyKeyOf(request);
    return answer(reply, await this.applications.actOwn(internalCaller(request), key, id, said));
  }
}

function answer(
  reply: FastifyReply,
  result: Awaited<ReturnType<ApplicationsService['openOwn']>>,
): ApplicationTakenDto {
  if (!result.ok) throw problemOf(result.refusal, applicationStatuses, applicationProblemSentences);
  if (result.value.isReplay) void reply.header('idempotency-replayed', 'true');
  return result.value.body;
}
