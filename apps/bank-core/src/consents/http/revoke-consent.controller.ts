import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { isId, type Clock } from '#libs/kernel';
import { Database, platformProblem, problemOf } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { CLOCK } from '../../platform/platform.module.js';
import { consentSentences } from '../consent.refusals.js';
import { ConsentsService } from '../consents.service.js';
import { consentStatuses } from './consent.problems.js';

export class RevokeConsentDto {
  /** A stable word, such as `token_revoked`; never free text about a person. */
  @ApiProperty({ pattern: '^[a-z][a-z0-9_]{0,63}$', example: 'grant_ended_by_client' })
  @Matches(/^[a-z][a-z0-9_]{0,63}$/)
  reason: string;
}

/** The intermediary ended the right to call: the consent ends with it (RKN-D6). */
@ApiTags('consents')
@Controller(`${INTERNAL}/institutions/:bankCode/consents/:consentId/revocations`)
export class RevokeConsentController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ConsentsService) private readonly consents: ConsentsService,
  ) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeConsent', summary: '電代業者による同意の終了' })
  @ApiNoContentResponse()
  async revoke(
    @Param('bankCode') bankCode: string,
    @Param('consentId') consentId: string,
    @Body() body: RevokeConsentDto,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const parties = internalCaller(request);
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution || !isId('cns', consentId)) throw platformProblem('not_found');
    const at = await this.clock.now();
    const result = await this.database.inInstitution(institution.id, (tx) =>
      this.consents.revoke(tx, {
        institutionId: institution.id,
        consentId,
        actor: 'intermediary',
        reason: body.reason,
        at,
        interactionId: parties.interactionId,
        customer: parties.customer,
        parties,
      }),
    );
    if (!result.ok) throw problemOf(result.refusal, consentStatuses, consentSentences);
  }
}
