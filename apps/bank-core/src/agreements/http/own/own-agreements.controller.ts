import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { INTERNAL, internalCaller } from '../../../platform/internal-caller.js';
import { BankCodes } from '../../../staff/index.js';
import { AgreementFilesService } from '../../agreement-files.service.js';
import { agreementToWire } from '../agreement-wire.js';
import { AgreementsDto } from '../staff/agreement.dto.js';

/** The intermediary's own agreements: every version, and which institutions it covers from when until when. */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/agreements`)
export class OwnAgreementsController {
  constructor(
    @Inject(AgreementFilesService) private readonly files: AgreementFilesService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listOwnAgreements',
    summary: '自社の契約の版と対象金融機関',
    ...{ 'x-summary-en': 'Own agreements by version, with whom they cover' },
  })
  @ApiOkResponse({ type: AgreementsDto })
  async list(@Req() request: FastifyRequest): Promise<AgreementsDto> {
    const files = await this.files.list(internalCaller(request).epspId);
    const codeOf = (id: number) => this.codes.codeOf(id);
    return { agreements: await Promise.all(files.map((file) => agreementToWire(file, codeOf))) };
  }
}
