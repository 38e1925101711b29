import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StatusService } from '../status.service.js';
import { answerWithEtag } from './answer-with-etag.js';
import { ForEverybody } from './for-everybody.js';
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
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const banks = await this.status.banks();
    answerWithEtag(request, reply, { gateway: 'available', banks } satisfies StatusDto);
  }
}
