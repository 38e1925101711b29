import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import {
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { ApplicationsService, type ApplicationView } from '../../applications.service.js';
import { IntermediaryStandings } from '../../intermediary-standings.js';
import { RegisterService } from '../../register.service.js';
import { applicationToWire } from '../application-wire.js';
import {
  ApplicationDto,
  ApplicationsDto,
  ApplicationTakenDto,
  BankMoveDto,
  ListApplicationsQuery,
} from '../application.dto.js';
import { applicationProblemSentences, applicationStatuses } from '../application.problems.js';
import { dateOf } from '../date-of.js';
import { OpenForDto } from './application.dto.js';

const PAGE = 50;

/** 接続までの7ステップ: the bank's side. Going live is decided by two people. */
@ApiTags('applications')
@Controller(`${STAFF}/applications`)
@UseGuards(StaffGuard)
export class StaffApplicationsController {
  constructor(
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(RegisterService) private readonly register: RegisterService,
    @Inject(IntermediaryStandings) private readonly standings: IntermediaryStandings,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listApplicationsOfBank',
    summary: '接続の申込みの一覧',
    ...{ 'x-summary-en': 'Applications, the newest first' },
  })
  @ApiOkResponse({ type: ApplicationsDto })
  async list(
    @Query() { epspId, before, limit = PAGE }: ListApplicationsQuery,
  ): Promise<ApplicationsDto> {
    const found = await this.applications.list({ epspId, before, limit });
    return { applications: found.map(applicationToWire) };
  }

  @Get(':applicationId')
  @ApiOperation({
    operationId: 'getApplication',
    summary: '接続の申込み',
    ...{ 'x-summary-en': 'One application with the clocks of its steps' },
  })
  @ApiOkResponse({ type: ApplicationDto })
  async get(@Param('applicationId') id: string): Promise<ApplicationDto> {
    return applicationToWire(await this.known(id));
  }

  @Post()
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'openApplicationFor',
    summary: '接続の申込みの開始（金融機関側）',
    ...{ 'x-summary-en': 'Open an application after the first contact' },
  })
  @ApiCreatedResponse({ type: ApplicationTakenDto })
  async open(@Body() { epspId, purpose }: OpenForDto): Promise<ApplicationTakenDto> {
    if (!(await this.register.find(epspId))) throw platformProblem('not_found');
    return this.applications.openFor(epspId, purpose);
  }

  @Post(':applicationId/moves')
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'moveApplicationOfBank',
    summary: '手順の確認・差戻し・省略・目標日',
    ...{ 'x-summary-en': 'Accept, return or waive a step, or aim at a day' },
  })
  @ApiCreatedResponse({ type: ApplicationTakenDto })
  async move(
    @Param('applicationId') id: string,
    @Body() { act, step, note = '', targetOn }: BankMoveDto,
    @Officer() officer: StaffMember,
  ): Promise<ApplicationTakenDto> {
    const { id: applicationId } = await this.known(id);
    const aim = targetOn === undefined ? undefined : dateOf(targetOn);
    const said = { act, step, note, documents: [], targetOn: aim };
    const result = await this.applications.actFor(officer.mailAddress, applicationId, said);
    if (!result.ok)
      throw problemOf(result.refusal, applicationStatuses, applicationProblemSentences);
    return result.value;
  }

  @Post(':applicationId/go-live')
  @HttpCode(202)
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'proposeGoLive',
    summary: '本番接続の起案',
    ...{ 'x-summary-en': 'Propose that an application goes live' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async goLive(
    @Param('applicationId') id: string,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const { id: applicationId, epspId } = await this.known(id);
    const content = { epspId, to: 'live', applicationId, reason: '' } as const;
    return this.answer.of(this.standings.kind, await this.standings.propose(officer, content));
  }

  private async known(id: string): Promise<ApplicationView> {
    const found = isId('app', id) ? await this.applications.find(id) : undefined;
    if (!found) throw platformProblem('not_found');
    return found;
  }
}
