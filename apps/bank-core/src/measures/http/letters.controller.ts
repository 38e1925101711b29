import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { problemOf } from '#libs/platform';
import { AnswersDocument } from '../../documents/index.js';
import {
  Officer,
  OwnBanks,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../staff/index.js';
import { measureSentences } from '../domain/measure.refusals.js';
import { LettersService } from '../letters.service.js';
import { DrawLetter } from './draw-letter.js';
import {
  LetterDto,
  LetterFormOfBankQuery,
  LettersDto,
  LettersOfBankQuery,
  letterToWire,
  RecordArrivalDto,
} from './letter.dto.js';
import { measureStatuses } from './measure.problems.js';

const PAGE = 50;

/** What the bank sent to an intermediary, and how it is known to have arrived (RKN-S4a, RKN-S4c, RKN-C2a). */
@ApiTags('measures')
@Controller(`${STAFF}/links/:epspId/letters`)
@UseGuards(StaffGuard)
export class LettersController {
  constructor(
    @Inject(LettersService) private readonly letters: LettersService,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(DrawLetter) private readonly draw: DrawLetter,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listLetters',
    summary: '電代業者への文書',
    ...{ 'x-summary-en': 'Letters to an intermediary' },
  })
  @ApiOkResponse({ type: LettersDto })
  async list(
    @Param('epspId') epspId: string,
    @Query() { bankCode, before, limit = PAGE }: LettersOfBankQuery,
    @Officer() officer: StaffMember,
  ): Promise<LettersDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const found = await this.letters.list(id, epspId, { before, limit });
    return { letters: found.map((letter) => letterToWire(letter, bankCode)) };
  }

  @Get(':documentId')
  @ApiOperation({
    operationId: 'readLetter',
    summary: '文書（PDF・HTML・JSON）',
    ...{ 'x-summary-en': 'A letter as PDF, HTML or JSON' },
  })
  @AnswersDocument()
  async read(
    @Param('epspId') epspId: string,
    @Param('documentId') documentId: string,
    @Query() { bankCode, form }: LetterFormOfBankQuery,
    @Officer() officer: StaffMember,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = await this.banks.seenBy(officer, bankCode);
    const sealed = await this.letters.read(id, epspId, documentId);
    if (!sealed.ok) throw problemOf(sealed.refusal, measureStatuses, measureSentences);
    await this.draw.send(reply, sealed.value, form);
  }

  @Post(':documentId/arrivals')
  @HttpCode(200)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'recordArrival',
    summary: '到達の記録（証拠付き）',
    ...{ 'x-summary-en': 'Record that a letter arrived, with evidence' },
  })
  @ApiOkResponse({ type: LetterDto })
  async arrive(
    @Param('epspId') epspId: string,
    @Param('documentId') documentId: string,
    @Body() { bankCode, arrivedAt, evidence }: RecordArrivalDto,
    @Officer() officer: StaffMember,
  ): Promise<LetterDto> {
    const id = await this.banks.workedBy(officer, 'compliance', bankCode);
    const result = await this.letters.recordArrival(id, epspId, documentId, {
      arrivedAt: Date.parse(arrivedAt),
      evidence,
      recordedBy: officer.mailAddress,
    });
    if (!result.ok) throw problemOf(result.refusal, measureStatuses, measureSentences);
    return letterToWire(result.value, bankCode);
  }
}
