import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { AccountsDto, toAccount } from './account.dto.js';

@ApiTags('accounts')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/accounts')
export class ListAccountsController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'read', fn: 'accounts_read' })
  @Documented({ id: 'listAccounts', ja: '口座の一覧', en: 'Accounts within the consent' })
  @ApiOkResponse({ type: AccountsDto })
  async list(@CurrentAccess() { caller, bankCode }: Access): Promise<AccountsDto> {
    const answer = await this.bank.accounts(caller, bankCode);
    if (!answer.ok) throw coreProblem(answer.refusal);
    const data = answer.value.data.map(toAccount);
    return {
      data,
      links: { self: `/v1/banks/${bankCode}/accounts` },
      meta: { count: data.length, hasMore: false },
      asOf: answer.value.asOf,
    };
  }
}
