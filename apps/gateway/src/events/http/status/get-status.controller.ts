import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StatusService } from '../../status.service.js';
import { answerCached } from '../../../platform/http/entity-tag.js';
import { ForEverybody, FRESH_SECONDS } from './for-everybody.js';
import { StatusDto } from './public.dto.js';

/** For everybody, without a token: whoever cannot get one has to find out why. */
@ApiTags('status')
@Controller('v1/status')
export class GetStatusController {
  constructor(@Inject(StatusService) private readonly status: StatusService) {}

  @Get()
  @ForEverybody(StatusDto, {
    id: 'getStatus',
    ja: 'ゲートウェイと各金融機関の稼働状況',
    en: 'How gateway and banks are doing',
  })
  async get(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatusDto | undefined> {
    const banks = await this.status.banks();
    const status: StatusDto = { gateway: 'available', banks };
    return answerCached(request, reply, status, FRESH_SECONDS);
  }
}
