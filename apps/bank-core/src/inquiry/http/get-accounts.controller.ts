import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { instantToWire, isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL } from '../../platform/internal-caller.js';
import { InquiryService } from '../inquiry.service.js';
import { inquiryOf } from './inquiry-of.js';
import { accountToWire } from './inquiry-to-wire.js';
import { AccountsView, OneAccountView } from './inquiry.dto.js';
import { inquiryProblem } from './inquiry.problems.js';

@ApiTags('inquiry')
@Controller(`${INTERNAL}/institutions/:bankCode/accounts`)
export class GetAccountsController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(InquiryService) private readonly inquiries: InquiryService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listAccounts', summary: '同意に含まれる口座の一覧' })
  @ApiOkResponse({ type: AccountsView })
  async list(
    @Param('bankCode') bankCode: string,
    @Req() request: FastifyRequest,
  ): Promise<AccountsView> {
    const { inquiry } = await inquiryOf(request, this.institutions, bankCode);
    const result = await this.inquiries.accounts(inquiry);
    if (!result.ok) throw inquiryProblem(result.refusal);
    const { data, asOf } = result.value;
    return {
      data: data.map((account) => accountToWire(account, bankCode)),
      asOf: instantToWire(asOf),
    };
  }

  @Get(':accountId')
  @ApiOperation({ operationId: 'getAccount', summary: '口座の情報' })
  @ApiOkResponse({ type: OneAccountView })
  async get(
    @Param('bankCode') bankCode: string,
    @Param('accountId') accountId: string,
    @Req() request: FastifyRequest,
  ): Promise<OneAccountView> {
    const { inquiry } = await inquiryOf(request, this.institutions, bankCode);
    if (!isId('acc', accountId)) throw platformProblem('not_found');
    const result = await this.inquiries.account(inquiry, accountId);
    if (!result.ok) throw inquiryProblem(result.refusal);
    const { data, asOf } = result.value;
    return { ...accountToWire(data, bankCode), asOf: instantToWire(asOf) };
  }
}
