import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import {
  BankCodes,
  horizonOf,
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import type { FiledPartner } from '../../domain/filed-partner.js';
import { PartnerActsService } from '../../partner-acts.service.js';
import { PartnerContracts, type ContractContent } from '../../partner-contracts.js';
import { dateOf } from '../date-of.js';
import { historyToWire, partnerToWire } from '../partner-wire.js';
import {
  ListPartnersQuery,
  PartnerFileDto,
  ProposeContractDto,
  ProposeContractEndDto,
  StaffPartnersDto,
  type StaffPartnerDto,
} from './partner.dto.js';

const PAGE = 50;

/** Chain partners with their contracts, and what was asked of them: RKN-C1. */
@ApiTags('chain partners')
@Controller(`${STAFF}/chain-partners`)
@UseGuards(StaffGuard)
export class StaffPartnersController {
  constructor(
    @Inject(PartnerActsService) private readonly acts: PartnerActsService,
    @Inject(PartnerContracts) private readonly contracts: PartnerContracts,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listChainPartners',
    summary: '連鎖接続先の一覧',
    ...{ 'x-summary-en': 'Chain partners with their contracts' },
  })
  @ApiOkResponse({ type: StaffPartnersDto })
  async list(@Query() { limit = PAGE, ...filter }: ListPartnersQuery): Promise<StaffPartnersDto> {
    const found = await this.acts.list({ ...filter, limit });
    return { chainPartners: found.map(staffPartnerToWire) };
  }

  @Get(':partnerId')
  @ApiOperation({
    operationId: 'getChainPartner',
    summary: '連鎖接続先の契約と経過',
    ...{ 'x-summary-en': 'One partner: contract, reports, guidance, and what has come due' },
  })
  @ApiOkResponse({ type: PartnerFileDto })
  async get(
    @Param('partnerId') partnerId: string,
    @Officer() officer: StaffMember,
  ): Promise<PartnerFileDto> {
    const file = isId('cp', partnerId)
      ? await this.acts.file(partnerId, horizonOf(officer))
      : undefined;
    if (!file) throw platformProblem('not_found');
    const { acts, connections } = await historyToWire(file, (id) => this.codes.codeOf(id));
    return { partner: staffPartnerToWire(file.partner), acts, connections };
  }

  @Post(':partnerId/contracts')
  @HttpCode(202)
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'proposePartnerContract',
    summary: '連鎖接続先の契約の登録の起案',
    ...{
      'x-summary-en': 'Propose to register the contract as the intermediary filed it (RKN-C1a)',
    },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  contract(
    @Param('partnerId') partnerId: string,
    @Body() { reason, version }: ProposeContractDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    return this.propose(officer, partnerId, { act: 'contract', lastDay: null, reason, version });
  }

  @Post(':partnerId/endings')
  @HttpCode(202)
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'proposePartnerEnding',
    summary: '連鎖接続先の契約の終了の起案',
    ...{ 'x-summary-en': 'Propose that the contract of a partner ends' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  end(
    @Param('partnerId') partnerId: string,
    @Body() { reason, lastDay }: ProposeContractEndDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const last = lastDay === undefined ? null : dateOf(lastDay).toString();
    return this.propose(officer, partnerId, { act: 'end', lastDay: last, reason });
  }

  private async propose(
    officer: StaffMember,
    partnerId: string,
    asked: Omit<ContractContent, 'epspId' | 'partnerId'>,
  ): Promise<ProposalDto> {
    const found = isId('cp', partnerId) ? await this.acts.file(partnerId, []) : undefined;
    if (!found) throw platformProblem('not_found');
    const content = { epspId: found.partner.intermediaryId, partnerId, ...asked };
    return this.answer.of(this.contracts.kind, await this.contracts.propose(officer, content));
  }
}

const staffPartnerToWire = (partner: FiledPartner): StaffPartnerDto => ({
  epspId: partner.intermediaryId,
  ...partnerToWire(partner),
});
