import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL } from '../../platform/internal-caller.js';
import { InquiryService } from '../inquiry.service.js';
import { inquiryOf } from './inquiry-of.js';
import { limitsToWire } from './inquiry-to-wire.js';
import { inquiryProblem } from './inquiry.problems.js';
import { LimitsView } from './limits.dto.js';

@ApiTags('inquiry')
@Controller(`${INTERNAL}/institutions/:bankCode/accounts/:accountId/limits`)
export class GetLimitsController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(InquiryService) private readonly inquiries: InquiryService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getLimits', summary: '限度額の残り' })
  @ApiOkResponse({ type: LimitsView })
  async get(
    @Param('bankCode') bankCode: string,
    @Param('accountId') accountId: string,
    @Req() request: FastifyRequest,
  ): Promise<LimitsView> {
    const { inquiry } = await inquiryOf(request, this.institutions, bankCode);
    if (!isId('acc', accountId)) throw platformProblem('not_found');
    const result = await this.inquiries.limits(inquiry, accountId);
    if (!result.ok) throw inquiryProblem(result.refusal);
    return limitsToWire(result.value);
  }
}
