import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL } from '../../platform/internal-caller.js';
import { InquiryService } from '../inquiry.service.js';
import { inquiryOf } from './inquiry-of.js';
import { fundsToWire } from './inquiry-to-wire.js';
import { inquiryProblem } from './inquiry.problems.js';
import { ConfirmFundsDto, FundsView } from './limits.dto.js';

@ApiTags('inquiry')
@Controller(`${INTERNAL}/institutions/:bankCode/funds-confirmations`)
export class ConfirmFundsController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(InquiryService) private readonly inquiries: InquiryService,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'confirmFunds', summary: '残高の有無の確認' })
  @ApiOkResponse({ type: FundsView })
  async confirm(
    @Param('bankCode') bankCode: string,
    @Body() { accountId, amountYen }: ConfirmFundsDto,
    @Req() request: FastifyRequest,
  ): Promise<FundsView> {
    const { inquiry } = await inquiryOf(request, this.institutions, bankCode);
    const result = await this.inquiries.confirmFunds(inquiry, accountId, BigInt(amountYen));
    if (!result.ok) throw inquiryProblem(result.refusal);
    return fundsToWire(result.value);
  }
}
