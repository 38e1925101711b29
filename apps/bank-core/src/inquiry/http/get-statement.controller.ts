import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CivilDate, isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL } from '../../platform/internal-caller.js';
import { InquiryService, type StatementRequest } from '../inquiry.service.js';
import { inquiryOf } from './inquiry-of.js';
import { balancesToWire, incomingToWire, transactionsToWire } from './inquiry-to-wire.js';
import {
  BalancesView,
  IncomingTransfersView,
  TransactionsQuery,
  TransactionsView,
} from './inquiry.dto.js';
import { inquiryProblem } from './inquiry.problems.js';

@ApiTags('inquiry')
@Controller(`${INTERNAL}/institutions/:bankCode/accounts/:accountId`)
export class GetStatementController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(InquiryService) private readonly inquiries: InquiryService,
  ) {}

  @Get('balances')
  @ApiOperation({ operationId: 'getBalances', summary: '残高照会' })
  @ApiOkResponse({ type: BalancesView })
  async balances(
    @Param('bankCode') bankCode: string,
    @Param('accountId') accountId: string,
    @Req() request: FastifyRequest,
  ): Promise<BalancesView> {
    const { inquiry } = await inquiryOf(request, this.institutions, bankCode);
    if (!isId('acc', accountId)) throw platformProblem('not_found');
    const result = await this.inquiries.balances(inquiry, accountId);
    if (!result.ok) throw inquiryProblem(result.refusal);
    return balancesToWire(result.value);
  }

  @Get('transactions')
  @ApiOperation({ operationId: 'listTransactions', summary: '入出金明細照会' })
  @ApiOkResponse({ type: TransactionsView })
  async transactions(
    @Param('bankCode') bankCode: string,
    @Param('accountId') accountId: string,
    @Query() query: TransactionsQuery,
    @Req() request: FastifyRequest,
  ): Promise<TransactionsView> {
    const { inquiry } = await inquiryOf(request, this.institutions, bankCode);
    if (!isId('acc', accountId)) throw platformProblem('not_found');
    const result = await this.inquiries.transactions(inquiry, accountId, requestOf(query));
    if (!result.ok) throw inquiryProblem(result.refusal);
    return transactionsToWire(result.value);
  }

  @Get('incoming-transfers')
  @ApiOperation({ operationId: 'listIncomingTransfers', summary: '振込入金明細照会' })
  @ApiOkResponse({ type: IncomingTransfersView })
  async incomingTransfers(
    @Param('bankCode') bankCode: string,
    @Param('accountId') accountId: string,
    @Query() query: TransactionsQuery,
    @Req() request: FastifyRequest,
  ): Promise<IncomingTransfersView> {
    const { inquiry } = await inquiryOf(request, this.institutions, bankCode);
    if (!isId('acc', accountId)) throw platformProblem('not_found');
    const result = await this.inquiries.incomingTransfers(inquiry, accountId, requestOf(query));
    if (!result.ok) throw inquiryProblem(result.refusal);
    return incomingToWire(result.value);
  }
}

function requestOf(query: TransactionsQuery): StatementRequest {
  return {
    from: dateOf(query.from),
    to: dateOf(query.to),
    after: query.after === undefined ? undefined : BigInt(query.after),
    limit: query.limit ?? 100,
  };
}

/** A date that is none in the calendar, such as 2026-02-30, is malformed. */
function dateOf(text: string | undefined): CivilDate | undefined {
  if (text === undefined) return undefined;
  const date = CivilDate.parse(text);
  if (!date.ok) throw platformProblem('validation_failed');
  return date.value;
}
