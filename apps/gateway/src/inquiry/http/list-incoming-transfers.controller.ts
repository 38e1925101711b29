import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { Documented } from '../../platform/http/documented.js';
import { InquiryService } from '../inquiry.service.js';
import { coreProblem } from '../../bank/index.js';
import { AccountParams } from './account.params.js';
import { cursorProblem } from './inquiry.problems.js';
import { pageLinks } from './page-links.js';
import {
  LIMIT_DEFAULT,
  IncomingTransfersDto,
  TransactionsQuery,
  toIncomingTransfer,
} from './transaction.dto.js';

@ApiTags('accounts')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/accounts/:accountId/incoming-transfers')
export class ListIncomingTransfersController {
  constructor(@Inject(InquiryService) private readonly inquiry: InquiryService) {}

  @Get()
  @Guarded({ kind: 'read', fn: 'transactions_read', isPaged: true })
  @Documented({
    id: 'listIncomingTransfers',
    ja: '振込入金明細',
    en: 'Transfers that others sent to one account, with EDI text',
  })
  @ApiOkResponse({ type: IncomingTransfersDto })
  async list(
    @CurrentAccess() { caller, bankCode }: Access,
    @Param() params: AccountParams,
    @Query() query: TransactionsQuery,
  ): Promise<IncomingTransfersDto> {
    const accountId = params.known();
    const { cursor, from, to, limit = LIMIT_DEFAULT } = query;
    const page = this.inquiry.pageOf(
      { list: 'incoming-transfers', bankCode, accountId, from, to },
      cursor,
    );
    if (!page.ok) throw cursorProblem(page.refusal.code);
    const answer = await this.inquiry.incomingTransfers(caller, { ...page.value, limit });
    if (!answer.ok) throw coreProblem(answer.refusal);
    const { view, next } = answer.value;
    const path = `/v1/banks/${bankCode}/accounts/${accountId}/incoming-transfers`;
    return {
      accountId,
      period: { from: view.from, to: view.to },
      data: view.data.map(toIncomingTransfer),
      links: pageLinks(path, { from, to, limit, cursor }, next),
      meta: { count: view.data.length, hasMore: next !== undefined },
      asOf: view.asOf,
    };
  }
}
