import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StatusService } from '../status.service.js';
import { answerWithEtag } from './answer-with-etag.js';
import { DocumentedForEverybody } from './documented-for-everybody.js';
import { OutagesDto, toOutage } from './public.dto.js';

/** For everybody, without a token: whoever cannot get one has to find out why. */
@ApiTags('status')
@Controller('v1/outages')
export class ListOutagesController {
  constructor(@Inject(StatusService) private readonly status: StatusService) {}

  @Get()
  @DocumentedForEverybody({
    id: 'listOutages',
    ja: '計画停止と障害',
    en: 'Planned and running outages',
  })
  @ApiOkResponse({ type: OutagesDto })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const outages = await this.status.outages();
    answerWithEtag(request, reply, { data: outages.map(toOutage) } satisfies OutagesDto);
  }
}
