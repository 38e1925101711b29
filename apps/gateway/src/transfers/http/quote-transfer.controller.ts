import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { QuoteDto, QuoteRequestDto, toQuote, toQuoteRequest } from './quote.dto.js';

/** 手数料事前照会: asked by the software itself, before there is a user's transfer. */
@ApiTags('transfers')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/transfer-quotes')
export class QuoteTransferController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Post()
  @HttpCode(200)
  @Guarded({ kind: 'pay', fn: 'transfer_initiation', isOwn: true })
  @Documented({
    id: 'quoteTransfer',
    ja: '手数料・入金予定・受取人名の事前照会',
    en: 'Fee, arrival and payee-name check of a transfer before it is asked for',
    also: [422],
  })
  @ApiOkResponse({ type: QuoteDto })
  async quote(
    @CurrentAccess() { caller, bankCode }: Access,
    @Body() body: QuoteRequestDto,
  ): Promise<QuoteDto> {
    const answer = await this.bank.quoteTransfer(caller, bankCode, toQuoteRequest(body));
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toQuote(answer.value);
  }
}
