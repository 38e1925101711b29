import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { INTERNAL } from '../../platform/internal-caller.js';
import { AnswersLines, openLineStream, type LineStream } from '../../platform/line-stream.js';
import { LinkFeed } from '../link-feed.js';

/** Link states by version, and the heartbeat on which a gateway's lease rests (RKN-S4c, T-19). */
@ApiTags('links')
@Controller(`${INTERNAL}/links/stream`)
export class StreamLinksController {
  constructor(@Inject(LinkFeed) private readonly feed: LinkFeed) {}

  @Get()
  @ApiOperation({ operationId: 'streamLinks', summary: '連携状態の通知（NDJSON）' })
  @AnswersLines('Snapshots and changes of link states, and the heartbeat')
  stream(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const stream: LineStream = openLineStream(request, reply, () => this.feed.leave(stream));
    this.feed.listen(stream);
  }
}
