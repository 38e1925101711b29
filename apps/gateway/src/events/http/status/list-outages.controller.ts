import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StatusService } from '../../status.service.js';
import { answerCached } from '../../../platform/http/entity-tag.js';
import { ForEverybody, FRESH_SECONDS } from './for-everybody.js';
import { wholeList } from '../whole-list.js';
import { OutagesDto, toOutage } from './public.dto.js';

/** For everybody, without a token: whoever cannot get one has to find out why. */
@ApiTags('status')
@Controller('v1/outages')
export class ListOutagesController {
  constructor(@Inject(StatusService) private readonly status: StatusService) {}

  @Get()
  @ForEverybody(OutagesDto, {
    id: 'listOutages',
    ja: '計画停止と障害',
    en: 'Planned and running outages',
  })
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OutagesDto | undefined> {
    const outages = await this.status.outages();
    const list: OutagesDto = wholeList('/v1/outages', outages.map(toOutage));
    return answerCached(request, reply, list, FRESH_SECONDS);
  }
}
