import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CivilDate } from '#libs/kernel';
import { HostClock } from '../../../platform/host-clock.js';
import { CHANGE_CALENDAR } from '../../announce-changes.job.js';
import { announcedBy, type ApiChange } from '../../domain/change-calendar.js';
import { answerCached } from '../../../platform/http/entity-tag.js';
import { ForEverybody, FRESH_SECONDS } from './for-everybody.js';
import { wholeList } from '../whole-list.js';
import { ApiChangesDto, toApiChange } from './public.dto.js';

/** For everybody, without a token: whoever cannot get one has to find out why. */
@ApiTags('status')
@Controller('v1/changes')
export class ListChangesController {
  constructor(
    @Inject(CHANGE_CALENDAR) private readonly calendar: readonly ApiChange[],
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  @Get()
  @ForEverybody(ApiChangesDto, {
    id: 'listChanges',
    ja: 'APIの変更予定',
    en: 'The change calendar of the API',
  })
  list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ApiChangesDto | undefined {
    const today = CivilDate.inTokyo(this.clock.read());
    const data = announcedBy(this.calendar, today).map(toApiChange);
    const list: ApiChangesDto = wholeList('/v1/changes', data);
    return answerCached(request, reply, list, FRESH_SECONDS);
  }
}
