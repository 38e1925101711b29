import { Controller, Delete, HttpCode, Inject, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { GrantsService } from '../../grants/index.js';
import { Documented } from '../../platform/http/documented.js';
import { consentOf } from './consent-of.js';
import { ConsentParams, RevocationQuery } from './consent.dto.js';

/** 同意の返上: the intermediary needs it no more. For good; the same again changes nothing. */
@ApiTags('consents')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/consents/:consentId')
export class RevokeConsentController {
  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(GrantsService) private readonly grants: GrantsService,
  ) {}

  @Delete()
  @HttpCode(204)
  @Guarded({ kind: 'consent' })
  @Documented({ id: 'revokeConsent', ja: '同意の終了', en: 'End a consent for good' })
  @ApiNoContentResponse()
  async revoke(
    @CurrentAccess() access: Access,
    @Param() params: ConsentParams,
    @Query() { reason }: RevocationQuery,
  ): Promise<void> {
    const { caller, bankCode } = access;
    const consentId = consentOf(access, params);
    // bank-core first: it is the authority, and what it has ended no grant of ours can use any more.
    const ended = await this.bank.revokeConsent(caller, bankCode, consentId, reason);
    if (!ended.ok) throw coreProblem(ended.refusal);
    await this.grants.endByConsent(consentId, 'consent_revoked');
  }
}
