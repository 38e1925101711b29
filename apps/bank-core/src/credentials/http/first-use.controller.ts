import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { interactionIdOf, problemOf } from '#libs/platform';
import { INTERNAL } from '../../platform/internal-caller.js';
import { BankCodes } from '../../staff/index.js';
import { credentialSentences } from '../domain/credential.refusals.js';
import { TemporaryPasswords } from '../temporary-passwords.js';
import { credentialStatuses } from './credential.problems.js';
import { FirstUsedDto, FirstUseDto } from './temporary-password.dto.js';

/** First use, as the bank's own internet banking calls it on behalf of a holder who has the letter (SM-13.4). */
@ApiTags('holders')
@Controller(`${INTERNAL}/institutions/:bankCode/first-uses`)
export class FirstUseController {
  constructor(
    @Inject(TemporaryPasswords) private readonly passwords: TemporaryPasswords,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'firstUse', summary: '初回登録（SM-13.4）' })
  @ApiOkResponse({ type: FirstUsedDto })
  async use(
    @Param('bankCode') bankCode: string,
    @Body() { loginId, temporaryPassword, newPassword }: FirstUseDto,
    @Req() request: FastifyRequest,
  ): Promise<FirstUsedDto> {
    const institutionId = await this.codes.idOf(bankCode);
    const attempt = {
      institutionId,
      loginId,
      password: temporaryPassword,
      source: request.ip,
      interactionId: interactionIdOf(request.raw),
    };
    const used = await this.passwords.firstUse(attempt, newPassword);
    if (!used.ok) throw problemOf(used.refusal, credentialStatuses, credentialSentences);
    return { registered: true };
  }
}
