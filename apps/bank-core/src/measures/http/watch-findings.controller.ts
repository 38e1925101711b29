import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { problemOf } from '#libs/platform';
import {
  Officer,
  OwnBanks,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../staff/index.js';
import { measureSentences } from '../domain/measure.refusals.js';
import { WatchFindings } from '../watch-findings.service.js';
import { measureStatuses } from './measure.problems.js';
import { fieldsOf } from './step-fields.js';
import {
  AcknowledgeFindingDto,
  FindingDto,
  FindingsDto,
  findingToWire,
  ListFindingsQuery,
  ProposeOfFindingDto,
} from './watch-finding.dto.js';

const PAGE = 50;

/** What the watch has found, until somebody has looked: noted, or made a proposal of. */
@ApiTags('measures')
@Controller(`${STAFF}/watch/findings`)
@UseGuards(StaffGuard)
export class WatchFindingsController {
  constructor(
    @Inject(WatchFindings) private readonly findings: WatchFindings,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listFindings',
    summary: '監視で見つかった事項',
    ...{ 'x-summary-en': 'What the watch has found' },
  })
  @ApiOkResponse({ type: FindingsDto })
  async list(
    @Query() { bankCode, before, open = false }: ListFindingsQuery,
    @Officer() officer: StaffMember,
  ): Promise<FindingsDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const found = await this.findings.list(id, { before, limit: PAGE, isOpen: open });
    return { findings: found.map((one) => findingToWire(one, bankCode)) };
  }

  @Post(':findingId/acknowledgements')
  @HttpCode(200)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'acknowledgeFinding',
    summary: '見つかった事項の確認',
    ...{ 'x-summary-en': 'Take note of a finding' },
  })
  @ApiOkResponse({ type: FindingDto })
  async acknowledge(
    @Param('findingId') findingId: string,
    @Body() { bankCode, note = '' }: AcknowledgeFindingDto,
    @Officer() officer: StaffMember,
  ): Promise<FindingDto> {
    const id = await this.banks.workedBy(officer, 'compliance', bankCode);
    const noted = await this.findings.acknowledge(id, findingId, officer, note);
    if (!noted.ok) throw problemOf(noted.refusal, measureStatuses, measureSentences);
    return findingToWire(noted.value, bankCode);
  }

  @Post(':findingId/proposals')
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeOfFinding',
    summary: '見つかった事項からの起案',
    ...{ 'x-summary-en': 'Make a proposal of a finding' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async propose(
    @Param('findingId') findingId: string,
    @Body() { bankCode, ...asked }: ProposeOfFindingDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const id = await this.banks.workedBy(officer, 'compliance', bankCode);
    const fields = fieldsOf(asked);
    const { kind, result } = await this.findings.propose(id, findingId, officer, fields);
    return this.answer.of(kind, result);
  }
}
