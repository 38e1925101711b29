import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { AccountDto, toAccount } from './account.dto.js';
import { AccountParams } from './account.params.js';

@ApiTags('accounts')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/accounts/:accountId')
export class GetAccountController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'read', fn: 'accounts_read' })
  @Documented({ id: 'getAccount', ja: '口座', en: 'One account within the consent' })
  @ApiOkResponse({ type: AccountDto })
  async get(
    @CurrentAccess() { caller, bankCode }: Access,
    @Param() params: AccountParams,
  ): Promise<AccountDto> {
    const answer = await this.bank.account(caller, bankCode, params.known());
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toAccount(answer.value);
  }
}
