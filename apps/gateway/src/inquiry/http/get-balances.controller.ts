import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { BalancesDto, toBalances } from './account.dto.js';
import { AccountParams } from './account.params.js';

@ApiTags('accounts')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/accounts/:accountId/balances')
export class GetBalancesController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'read', fn: 'balances_read' })
  @Documented({ id: 'getBalances', ja: '残高', en: 'Balances of one account' })
  @ApiOkResponse({ type: BalancesDto })
  async get(
    @CurrentAccess() { caller, bankCode }: Access,
    @Param() params: AccountParams,
  ): Promise<BalancesDto> {
    const answer = await this.bank.balances(caller, bankCode, params.known());
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toBalances(answer.value);
  }
}
