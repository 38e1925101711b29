import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { ProtectiveHoldsService } from '../../links/index.js';
import {
  BankCodes,
  Officer,
  OwnBanks,
  ProposalAnswer,
  ProposalDesk,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../staff/index.js';
import { HoldReleases, HoldSettings } from '../hold-steps.js';
import { HoldsDto, holdToWire, ReleaseHoldDto, SetHoldDto } from './hold.dto.js';
import { BankQuery } from './view.dto.js';

/** Protective holds: for an attack in progress, apart from the measures of the contract (INT-13). */
@ApiTags('measures')
@Controller(`${STAFF}/links/:epspId/protective-holds`)
@UseGuards(StaffGuard)
export class HoldsController {
  constructor(
    @Inject(HoldSettings) private readonly settings: HoldSettings,
    @Inject(HoldReleases) private readonly releases: HoldReleases,
    @Inject(ProtectiveHoldsService) private readonly holds: ProtectiveHoldsService,
    @Inject(ProposalDesk) private readonly proposals: ProposalDesk,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listHolds',
    summary: '保護的停止の一覧',
    ...{ 'x-summary-en': 'Protective holds' },
  })
  @ApiOkResponse({ type: HoldsDto })
  async list(
    @Param('epspId') epspId: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<HoldsDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const all = await this.holds.list(id);
    return { holds: all.filter((one) => one.epspId === epspId).map(holdToWire) };
  }

  @Post()
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeHold',
    summary: '保護的停止の起案',
    ...{ 'x-summary-en': 'Propose a protective hold' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  set(
    @Param('epspId') epspId: string,
    @Body() body: SetHoldDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const until = Date.parse(body.until);
    if (!Number.isFinite(until)) throw platformProblem('validation_failed');
    return this.propose(this.settings.kind, epspId, body, officer, { until });
  }

  @Post('releases')
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeHoldRelease',
    summary: '保護的停止の解除の起案',
    ...{ 'x-summary-en': 'Propose to release a protective hold' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  release(
    @Param('epspId') epspId: string,
    @Body() body: ReleaseHoldDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    return this.propose(this.releases.kind, epspId, body, officer, {});
  }

  private async propose(
    kind: string,
    epspId: string,
    { bankCodes, chainPartnerId, function: fn, basis }: ReleaseHoldDto,
    officer: StaffMember,
    more: object,
  ): Promise<ProposalDto> {
    const institutionIds = await Promise.all(bankCodes.map((code) => this.codes.idOf(code)));
    const content = { epspId, chainPartnerId, function: fn, institutionIds, basis, ...more };
    const result = await this.proposals.propose(officer, kind, content, institutionIds);
    return this.answer.of(kind, result);
  }
}
