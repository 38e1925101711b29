import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { FundsDto, FundsRequestDto, toFunds } from './limits.dto.js';

/** Yes or no within a consent that holds `balances_read`; bank-core caps the answers (T-15). */
@ApiTags('accounts')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/funds-confirmations')
export class ConfirmFundsController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Post()
  @HttpCode(200)
  @Guarded({ kind: 'read', fn: 'balances_read' })
  @Documented({
    id: 'confirmFunds',
    ja: '残高の有無の確認',
    en: 'Whether an amount could be withdrawn: yes or no',
  })
  @ApiOkResponse({ type: FundsDto })
  async confirm(
    @CurrentAccess() { caller, bankCode }: Access,
    @Body() { accountId, amount }: FundsRequestDto,
  ): Promise<FundsDto> {
    const asked = { accountId, amountYen: amount.amount };
    const answer = await this.bank.confirmFunds(caller, bankCode, asked);
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toFunds(answer.value);
  }
}
