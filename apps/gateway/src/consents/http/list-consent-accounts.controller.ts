import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ConsentAccountsDto } from './consent-history.dto.js';
import { consentOf } from './consent-of.js';
import { ConsentParams } from './consent.dto.js';

@ApiTags('consents')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/consents/:consentId/accounts')
export class ListConsentAccountsController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'consent' })
  @Documented({
    id: 'listConsentAccounts',
    ja: '同意の口座ごとの状態と理由',
    en: 'The accounts of a consent, each with its state and reason',
  })
  @ApiOkResponse({ type: ConsentAccountsDto })
  async list(
    @CurrentAccess() access: Access,
    @Param() params: ConsentParams,
  ): Promise<ConsentAccountsDto> {
    const { bankCode } = params;
    const consentId = consentOf(access, params);
    const answer = await this.bank.consentAccounts(access.caller, bankCode, consentId);
    if (!answer.ok) throw coreProblem(answer.refusal);
    const data = answer.value.data.map((one) => ({ ...one, reason: { ...one.reason } }));
    return {
      data,
      links: { self: `/v1/banks/${bankCode}/consents/${consentId}/accounts` },
      meta: { count: data.length, hasMore: false },
      asOf: answer.value.asOf,
    };
  }
}
