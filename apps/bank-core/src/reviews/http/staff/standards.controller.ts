import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CivilDate, isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import {
  BankCodes,
  Officer,
  OwnBanks,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { StandardPublication } from '../../standard-publication.js';
import { StandardsService } from '../../standards.service.js';
import { standardFile } from '../export-files.js';
import { reviewProblem } from '../review.problem.js';
import { AnswersTable, sendFile } from '../send-file.js';
import { StandardFileDto } from '../files.dto.js';
import { gapToWire, itemToWire } from '../view.dto.js';
import { BankFormQuery, BankQuery, PublishDto } from './review-requests.dto.js';
import {
  analysisToWire,
  GapAnalysisDto,
  StaffGapsDto,
  StandardsDto,
  standardToWire,
  StandardViewDto,
} from './review-views.dto.js';

/** What an institution asks, version by version, and who does not meet it yet (RKN-S3b). */
@ApiTags('reviews')
@Controller(`${STAFF}/standards`)
@UseGuards(StaffGuard)
export class StandardsController {
  constructor(
    @Inject(StandardsService) private readonly standards: StandardsService,
    @Inject(StandardPublication) private readonly publication: StandardPublication,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listStandards',
    summary: '金融機関の基準の版',
    ...{ 'x-summary-en': "The versions of an institution's standard" },
  })
  @ApiOkResponse({ type: StandardsDto })
  async list(
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<StandardsDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    return { standards: (await this.standards.list(id)).map(standardToWire) };
  }

  @Post()
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeStandard',
    summary: '基準の公表の起案（RKN-S3b）',
    ...{ 'x-summary-en': 'Propose to publish a standard (RKN-S3b)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async propose(
    @Body() { bankCodes, leaveOut = [], ...body }: PublishDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    if (!CivilDate.parse(body.effectiveFrom).ok) throw platformProblem('validation_failed');
    const institutionIds = await Promise.all(bankCodes.map((code) => this.codes.idOf(code)));
    const asked = { ...body, institutionIds, leaveOut };
    return this.answer.of(this.publication.kind, await this.publication.propose(officer, asked));
  }

  @Get(':version')
  @ApiOperation({
    operationId: 'readStandard',
    summary: '基準の一つの版',
    ...{ 'x-summary-en': 'One version of a standard with its items' },
  })
  @ApiOkResponse({ type: StandardViewDto })
  async read(
    @Param('version', ParseIntPipe) version: number,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<StandardViewDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const found = await this.standards.read(id, version);
    if (!found.ok) throw reviewProblem(found.refusal);
    return { ...standardToWire(found.value), items: found.value.items.map(itemToWire) };
  }

  @Get(':version/file')
  @ApiOperation({
    operationId: 'exportStandard',
    summary: '基準の書出し（CSV・JSON）',
    ...{ 'x-summary-en': 'Export a standard as CSV or JSON' },
  })
  @AnswersTable(StandardFileDto)
  async file(
    @Param('version', ParseIntPipe) version: number,
    @Query() { bankCode, form = 'csv' }: BankFormQuery,
    @Officer() officer: StaffMember,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = await this.banks.seenBy(officer, bankCode);
    const found = await this.standards.read(id, version);
    if (!found.ok) throw reviewProblem(found.refusal);
    await sendFile(reply, standardFile(found.value, bankCode, form));
  }

  /** The gaps that this version opened, of every intermediary; those that have ended too. */
  @Get(':version/gaps')
  @ApiOperation({
    operationId: 'listGaps',
    summary: '新しい基準が生じさせた差異と期限（RKN-S3b）',
    ...{ 'x-summary-en': 'The gaps that a version opened, with their ends (RKN-S3b)' },
  })
  @ApiOkResponse({ type: StaffGapsDto })
  async gaps(
    @Param('version', ParseIntPipe) version: number,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<StaffGapsDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const gaps = await this.standards.gaps(id, { version });
    return {
      gaps: gaps.map((gap) => ({
        ...gapToWire(gap),
        epspId: gap.epspId,
        submissionId: gap.submissionId ?? null,
      })),
    };
  }

  @Get(':version/gaps/:epspId')
  @ApiOperation({
    operationId: 'readGapAnalysis',
    summary: '基準との差異の分析（電代業者ごと）',
    ...{ 'x-summary-en': 'Gap analysis of one intermediary against a version' },
  })
  @ApiOkResponse({ type: GapAnalysisDto })
  async analysis(
    @Param('version', ParseIntPipe) version: number,
    @Param('epspId') epspId: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<GapAnalysisDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    if (!isId('epsp', epspId)) throw platformProblem('not_found');
    const found = await this.standards.analysis(id, epspId, version);
    if (!found.ok) throw reviewProblem(found.refusal);
    return analysisToWire(found.value);
  }
}
