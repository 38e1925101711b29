import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { instantToWire } from '#libs/kernel';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { OwnDemands } from '../own-demands.service.js';
import { ClosedDemandsDto, ListClosedDemandsQuery } from './own-demands.dto.js';

const PAGE = 50;

/** How demands and requests of the past ended, for whoever had to meet them. */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/closed-demands`)
export class OwnDemandsController {
  constructor(@Inject(OwnDemands) private readonly demands: OwnDemands) {}

  @Get()
  @ApiOperation({ operationId: 'listOwnClosedDemands', summary: '終わった改善要請・停止の要請' })
  @ApiOkResponse({ type: ClosedDemandsDto })
  async list(
    @Query() { before, limit = PAGE }: ListClosedDemandsQuery,
    @Req() request: FastifyRequest,
  ): Promise<ClosedDemandsDto> {
    const found = await this.demands.closed(internalCaller(request).epspId, { before, limit });
    return {
      demands: found.map((one) => ({
        key: one.key,
        bankCode: one.bankCode,
        machine: one.machine,
        chainPartnerId: one.partnerId ?? null,
        about: one.about,
        items: [...one.items],
        demandedAt: instantToWire(one.demandedAt),
        arrivedAt: one.arrivedAt === undefined ? null : instantToWire(one.arrivedAt),
        endedAt: instantToWire(one.endedAt),
        endedBy: one.endedBy,
        state: one.cameTo,
        clauses: [...one.clauses],
        ledToMeasure: one.ledToMeasure,
      })),
    };
  }
}
