import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { problemOf } from '#libs/platform';
import {
  BankCodes,
  hasRole,
  Officer,
  STAFF,
  StaffGuard,
  staffProblem,
  type StaffMember,
} from '../../staff/index.js';
import { paperSentences } from '../domain/paper.refusals.js';
import { PapersService } from '../papers.service.js';
import { PaperEntryDto, paperToWire, TakePaperDto } from './paper.dto.js';
import { paperStatuses } from './paper.problems.js';

/** The desk takes papers in, with the record of the seal check. */
@ApiTags('papers')
@Controller(`${STAFF}/papers/:bankCode`)
@UseGuards(StaffGuard)
export class PapersController {
  constructor(
    @Inject(PapersService) private readonly papers: PapersService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'takePaper',
    summary: '書面の受付と印鑑照合の記録（SM-13.5）',
    ...{ 'x-summary-en': 'A paper with the record of its seal check' },
  })
  @ApiOkResponse({ type: PaperEntryDto })
  async take(
    @Param('bankCode') bankCode: string,
    @Body() { sealCheck, receivedAt, ...paper }: TakePaperDto,
    @Officer() officer: StaffMember,
  ): Promise<PaperEntryDto> {
    const institutionId = await this.codes.idOf(bankCode);
    if (!hasRole(officer, 'branch_clerk', [institutionId])) throw staffProblem('role_missing');
    const told = {
      ...paper,
      receivedAt: Date.parse(receivedAt),
      sealCheck: sealCheck && { ...sealCheck, at: Date.parse(sealCheck.at) },
    };
    const taken = await this.papers.take(institutionId, told, officer.mailAddress);
    if (!taken.ok) throw problemOf(taken.refusal, paperStatuses, paperSentences);
    return paperToWire(taken.value);
  }
}
