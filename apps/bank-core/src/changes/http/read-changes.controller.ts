import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { instantToWire } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { cursorOf, positionsOf } from '../../consents/index.js';
import { INTERNAL } from '../../platform/internal-caller.js';
import { ChangesService, type ToldChange } from '../changes.service.js';
import { ReadChangesQuery, ChangesDto, type ChangeDto } from './change.dto.js';

const PAGE = 500;

/** What changed for intermediaries since the reader's cursor; waits for news where there is none. */
@ApiTags('changes')
@Controller(`${INTERNAL}/changes`)
export class ReadChangesController {
  constructor(@Inject(ChangesService) private readonly changes: ChangesService) {}

  @Get()
  @ApiOperation({ operationId: 'readChanges', summary: '電代業者に知らせる変更（カーソル順）' })
  @ApiOkResponse({ type: ChangesDto })
  async read(
    @Query() { cursor = '', limit = PAGE, waitSeconds = 0 }: ReadChangesQuery,
    @Req() request: FastifyRequest,
  ): Promise<ChangesDto> {
    const positions = positionsOf(cursor);
    if (!positions) throw platformProblem('validation_failed');
    const gone = new AbortController();
    const { socket } = request.raw;
    const leave = (): void => gone.abort();
    socket.once('close', leave);
    try {
      const page = await this.changes.after(positions, limit, waitSeconds * 1_000, gone.signal);
      return { changes: page.changes.map(onWire), cursor: cursorOf(page.positions) };
    } finally {
      // The connection outlives the question by thousands of others.
      socket.off('close', leave);
    }
  }
}

const onWire = ({ at, bankCode, ...change }: ToldChange): ChangeDto => ({
  ...change,
  bankCode: bankCode ?? null,
  at: instantToWire(at),
});
