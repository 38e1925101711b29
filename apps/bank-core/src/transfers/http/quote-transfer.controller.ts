import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { instantToWire, yenToWire } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { disclosureSentences } from '../../limits/index.js';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import type { TransferQuote } from '../domain/quote.js';
import { QuoteTransferBeforehand } from '../quote-transfer.js';
import { transferSentences } from '../transfer-sentences.js';
import { QuoteDto, QuoteTransferDto } from './quote.dto.js';
import { quoteStatuses } from './transfer.problems.js';

@ApiTags('transfers')
@Controller(`${INTERNAL}/institutions/:bankCode/transfer-quotes`)
export class QuoteTransferController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(QuoteTransferBeforehand) private readonly quotes: QuoteTransferBeforehand,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'quoteTransfer', summary: '手数料の事前照会' })
  @ApiOkResponse({ type: QuoteDto })
  async quote(
    @Param('bankCode') bankCode: string,
    @Body() body: QuoteTransferDto,
    @Req() request: FastifyRequest,
  ): Promise<QuoteDto> {
    const { clientId, epspId, chainPartnerId, interactionId, customer } = internalCaller(request);
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution) throw platformProblem('not_found');
    const party = { clientId, epspId, chainPartnerId, interactionId, customer };
    const result = await this.quotes.quote({ ...party, institutionId: institution.id, ...body });
    if (!result.ok)
      throw problemOf(result.refusal, quoteStatuses, {
        ...transferSentences,
        ...disclosureSentences,
      });
    return quoteToWire(result.value);
  }
}

const quoteToWire = (quote: TransferQuote): QuoteDto => ({
  bankCode: quote.bankCode,
  kind: quote.kind,
  creditor: {
    bankCode: quote.creditor.bankCode,
    branchCode: quote.creditor.branchCode,
    accountType: quote.creditor.accountType,
    accountNumber: quote.creditor.accountNumber,
  },
  amountYen: yenToWire(quote.amountYen),
  feeYen: yenToWire(quote.feeYen),
  designatedDate: quote.designatedOn.toString(),
  expectedCreditAt: instantToWire(quote.expectedCreditAt),
  payeeName: quote.payeeName,
  asOf: instantToWire(quote.asOf),
});
