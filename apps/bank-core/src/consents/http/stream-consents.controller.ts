import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { platformProblem } from '#libs/platform';
import { INTERNAL } from '../../platform/internal-caller.js';
import { AnswersLines, openLineStream, type LineStream } from '../../platform/line-stream.js';
import { ConsentFeed } from '../consent-feed.js';
import { positionsOf } from '../domain/feed-cursor.js';

export class StreamConsentsQuery {
  /** The cursor of the last change carried out; without one the feed begins with its first change. */
  @ApiPropertyOptional({ maxLength: 2000, pattern: '^[A-Za-z0-9_-]*$' })
  @IsOptional()
  @MaxLength(2000)
  @Matches(/^[A-Za-z0-9_-]*$/)
  cursor?: string;
}

@ApiTags('consents')
@Controller(`${INTERNAL}/consents/stream`)
export class StreamConsentsController {
  constructor(@Inject(ConsentFeed) private readonly feed: ConsentFeed) {}

  @Get()
  @ApiOperation({ operationId: 'streamConsents', summary: '同意の変更の通知（NDJSON）' })
  @AnswersLines('Changes of consents, each with the cursor behind it')
  stream(
    @Query() query: StreamConsentsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const positions = positionsOf(query.cursor ?? '');
    if (!positions) throw platformProblem('validation_failed');
    const stream: LineStream = openLineStream(request, reply, () => this.feed.leave(stream));
    this.feed.listen(stream, positions);
  }
}
