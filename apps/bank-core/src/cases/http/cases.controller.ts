import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { instantToWire, refused } from '#libs/kernel';
import { Officer, STAFF, StaffGuard, type StaffMember } from '../../staff/index.js';
import { CasesService } from '../cases.service.js';
import { EvidenceService } from '../evidence.service.js';
import { exclusionWords } from '../domain/find-exclusion.js';
import { CaseLinesDto, CasePageDto } from './answers/case-page.dto.js';
import { EvidencePackDto, ExclusionsDto } from './answers/evidence.dto.js';
import { lineAnswer, pageAnswer } from './case-answer.js';
import { answered, CaseDoor, wellFormed } from './case-door.js';
import { ListCasesQuery, ReportLossDto } from './case.dto.js';
import { instantOf } from './wire.js';

const PAGE = 50;

/** Cases of one institution: reported, listed, read. */
@ApiTags('cases')
@Controller(`${STAFF}/cases/:bankCode`)
@UseGuards(StaffGuard)
export class CasesController {
  constructor(
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(CaseDoor) private readonly door: CaseDoor,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'reportLoss',
    summary: '損害の申出の受付',
    ...{ 'x-summary-en': 'Take in the report of a loss' },
  })
  @ApiOkResponse({ type: CasePageDto, description: 'Opened now or known by its reference' })
  async report(
    @Param('bankCode') bankCode: string,
    @Body() body: ReportLossDto,
    @Officer() officer: StaffMember,
  ): Promise<CasePageDto> {
    const id = await this.door.toWork(bankCode, officer, 'branch_clerk', 'compliance');
    const { lossYen, occurredAt, knownAt, ...rest } = body;
    const report = {
      ...rest,
      lossYen: BigInt(lossYen),
      occurredAt: instantOf(occurredAt),
      knownAt: instantOf(knownAt),
    };
    const { caseId } = answered(await this.cases.report(id, report, officer.mailAddress));
    return this.show(id, bankCode, caseId);
  }

  @Get()
  @ApiOperation({
    operationId: 'listCases',
    summary: '案件の一覧（新しい順）',
    ...{ 'x-summary-en': 'Cases, newest first' },
  })
  @ApiOkResponse({ type: CaseLinesDto })
  async list(
    @Param('bankCode') bankCode: string,
    @Query() { before, epspId, limit = PAGE }: ListCasesQuery,
    @Officer() officer: StaffMember,
  ): Promise<CaseLinesDto> {
    const id = await this.door.toRead(bankCode, officer);
    const lines = await this.cases.list(id, { before, epspId, limit });
    const now = await this.cases.now();
    const cases = lines.map((line) => lineAnswer(bankCode, line, now));
    return { cases, next: (lines.length === limit && lines.at(-1)?.caseId) || null };
  }

  @Get(':caseId')
  @ApiOperation({
    operationId: 'getCase',
    summary: '案件',
    ...{ 'x-summary-en': 'A case' },
  })
  @ApiOkResponse({ type: CasePageDto })
  async get(
    @Param('bankCode') bankCode: string,
    @Param('caseId') caseId: string,
    @Officer() officer: StaffMember,
  ): Promise<CasePageDto> {
    const id = await this.door.toRead(bankCode, officer);
    return this.show(id, bankCode, wellFormed(caseId));
  }

  @Get('exclusions')
  @ApiOperation({
    operationId: 'listExclusions',
    summary: '免責の条項と、残される請求の道（SM-13）',
    ...{ 'x-summary-en': 'The exclusions of liability, what they leave open and their warning' },
  })
  @ApiOkResponse({ type: ExclusionsDto })
  async exclusions(
    @Param('bankCode') bankCode: string,
    @Officer() officer: StaffMember,
  ): Promise<ExclusionsDto> {
    await this.door.toRead(bankCode, officer);
    return { exclusions: exclusionWords() };
  }

  @Get('evidence/:transferId')
  @ApiOperation({
    operationId: 'getEvidencePack',
    summary: '本人確認の証拠一式（SM-13.1a）',
    ...{ 'x-summary-en': 'What the machine record proves about one request (SM-13.1a)' },
  })
  @ApiOkResponse({ type: EvidencePackDto })
  async pack(
    @Param('bankCode') bankCode: string,
    @Param('transferId') transferId: string,
    @Officer() officer: StaffMember,
  ): Promise<EvidencePackDto> {
    const id = await this.door.toRead(bankCode, officer);
    const { lines, ...pack } = answered(await this.evidence.pack(id, transferId.slice(0, 100)));
    return {
      transferId: pack.transferId,
      factorsRequired: [...pack.factorsRequired],
      factorsMatched: [...pack.factorsMatched],
      lacking: [...pack.lacking],
      dueCareMayBeFound: pack.dueCareMayBeFound,
      lines: lines.map((line) => ({
        ...line,
        happenedAt: instantToWire(line.happenedAt),
        recordedAt: instantToWire(line.recordedAt),
      })),
    };
  }

  private async show(
    institutionId: number,
    bankCode: string,
    caseId: string,
  ): Promise<CasePageDto> {
    const page = await this.cases.page(institutionId, caseId);
    if (!page) return answered(refused('case_unknown'));
    return pageAnswer(bankCode, caseId, page, await this.cases.now());
  }
}
