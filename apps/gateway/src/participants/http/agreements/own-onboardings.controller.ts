import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnAffairs } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { pageOf, ShortPageQuery } from '../list-page.js';
import { doneOnce, idOf, idSchema, ME, orRefuse, OwnAct, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import * as dto from './onboarding.dto.js';

const PATH = `${ME}/onboardings`;
const OnboardingId = () => ApiParam({ name: 'onboardingId', schema: idSchema('app') });

/** 接続までの手順: each step with its owner and a clock that both sides see (users.md B 9). */
@Controller(PATH)
export class OwnOnboardingsController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnAffairs) private readonly affairs: OwnAffairs,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'onboardings');
  }

  @Get()
  @OwnAffair({
    id: 'listOnboardings',
    ja: '接続の申込みと手順（新しい順）',
    en: 'Your applications for a connection, with steps and clocks, the newest first',
  })
  @ApiOkResponse({ type: dto.OnboardingsDto })
  async list(
    @CurrentAccess() access: Access,
    @Query() query: ShortPageQuery,
  ): Promise<dto.OnboardingsDto> {
    const caller = ownCaller(access);
    const page = await pageOf(
      {
        path: PATH,
        cursors: this.cursors,
        owner: caller.epspId,
        read: async (part) => orRefuse(await this.affairs.applications(caller, part)),
        keyOf: ({ applicationId }) => applicationId,
      },
      query,
    );
    return { ...page, data: page.data.map(dto.toOnboarding) };
  }

  @Get(':onboardingId')
  @OnboardingId()
  @OwnAffair({ id: 'getOnboarding', ja: '接続の申込み', en: 'One application for a connection' })
  @ApiOkResponse({ type: dto.OnboardingDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('onboardingId') text: string,
  ): Promise<dto.OnboardingDto> {
    const answer = await this.affairs.application(ownCaller(access), idOf('app', text));
    return dto.toOnboarding(orRefuse(answer));
  }

  @Post()
  @OwnAct({ id: 'openOnboarding', ja: '接続の申込みの開始', en: 'Apply for a connection' })
  @ApiCreatedResponse({ type: dto.OnboardingTakenDto })
  async open(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Body() { purpose }: dto.OpenOnboardingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.OnboardingTakenDto> {
    const answer = await this.affairs.apply(ownCaller(access), key, purpose);
    const { applicationId } = doneOnce(answer, reply);
    void reply.header('location', `/${PATH}/${applicationId}`);
    return { onboardingId: applicationId };
  }

  @Post(':onboardingId/moves')
  @OnboardingId()
  @OwnAct({
    id: 'moveOnboarding',
    ja: '手順の提出・申込みの取下げ',
    en: 'Submit a step, or withdraw the application',
  })
  @ApiCreatedResponse({ type: dto.OnboardingTakenDto })
  async move(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('onboardingId') text: string,
    @Body() body: dto.OnboardingMoveDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.OnboardingTakenDto> {
    const id = idOf('app', text);
    const answer = await this.affairs.moveApplication(ownCaller(access), key, id, body);
    return { onboardingId: doneOnce(answer, reply).applicationId };
  }
}
