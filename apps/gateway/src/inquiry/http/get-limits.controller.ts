import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { AccountParams } from './account.params.js';
import { LimitsDto, toLimits } from './limits.dto.js';

@ApiTags('accounts')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/accounts/:accountId/limits')
export class GetLimitsController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'read', fn: 'balances_read' })
  @Documented({
    id: 'getLimits',
    ja: '取引限度額の残り',
    en: 'Daily limit of one account, and its use',
  })
  @ApiOkResponse({ type: LimitsDto })
  async get(
    @CurrentAccess() { caller, bankCode }: Access,
    @Param() params: AccountParams,
  ): Promise<LimitsDto> {
    const answer = await this.bank.limits(caller, bankCode, params.known());
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toLimits(answer.value);
  }
}
