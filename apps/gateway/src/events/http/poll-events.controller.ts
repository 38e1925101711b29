import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentAccess, type Access } from '../../authorization/index.js';
import { PollService } from '../poll.service.js';
import { eventProblem } from './event.problems.js';
import { OwnEvents, ownerOf } from './own-events.js';
import { PolledEventsDto, PollRequest, toEvent } from './poll.dto.js';

const EVENTS_DEFAULT = 100;

@Controller('v1/events')
export class PollEventsController {
  constructor(@Inject(PollService) private readonly polls: PollService) {}

  @Post()
  @HttpCode(200)
  @OwnEvents({
    id: 'pollEvents',
    ja: '出来事の取得と受領の確認',
    en: 'Poll events and acknowledge them; what is not acknowledged comes again',
    also: [422],
  })
  @ApiOkResponse({ type: PolledEventsDto })
  async poll(
    @CurrentAccess() access: Access,
    @Body() body: PollRequest,
    @Req() request: FastifyRequest,
  ): Promise<PolledEventsDto> {
    const gone = new AbortController();
    const leave = () => gone.abort();
    request.raw.socket.once('close', leave);
    const polled = await this.polls
      .poll(ownerOf(access), pollOf(body), gone.signal)
      .finally(() => request.raw.socket.off('close', leave));
    if (!polled.ok) throw eventProblem(polled.refusal);
    const { events, moreAvailable } = polled.value;
    return { events: events.map(toEvent), moreAvailable };
  }
}

/** Each event once: what failed is an acknowledgement with a reason. */
function pollOf(body: PollRequest) {
  const { acknowledged = [], errors = [] } = body;
  const given = new Map<string, string | null>(acknowledged.map((eventId) => [eventId, null]));
  for (const { eventId, code } of errors) given.set(eventId, code);
  return {
    maxEvents: body.maxEvents ?? EVENTS_DEFAULT,
    returnImmediately: body.returnImmediately ?? true,
    acknowledged: [...given].map(([eventId, errorCode]) => ({ eventId, errorCode })),
  };
}
