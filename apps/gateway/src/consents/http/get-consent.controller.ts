import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { consentOf } from './consent-of.js';
import { ConsentParams, OneConsentDto, toConsent } from './consent.dto.js';

@ApiTags('consents')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/consents/:consentId')
export class GetConsentController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'consent' })
  @Documented({ id: 'getConsent', ja: '同意の内容と状態', en: 'One consent and its state' })
  @ApiOkResponse({ type: OneConsentDto })
  async get(
    @CurrentAccess() access: Access,
    @Param() params: ConsentParams,
  ): Promise<OneConsentDto> {
    const { bankCode } = params;
    const answer = await this.bank.consent(access.caller, bankCode, consentOf(access, params));
    if (!answer.ok) throw coreProblem(answer.refusal);
    return { ...toConsent(bankCode, answer.value), asOf: answer.value.asOf };
  }
}
