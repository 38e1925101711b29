import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId, refused } from '#libs/kernel';
import {
  Officer,
  OwnBanks,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { BlockedReturns } from '../../blocked-returns.js';
import * as dto from './blocked-returns.dto.js';

const PAGE = 50;

/** The queue of returns that no account took, and how two people empty it (SM-5.4-2 c). */
@ApiTags('clearing')
@Controller(`${STAFF}/blocked-returns`)
@UseGuards(StaffGuard)
export class BlockedReturnsController {
  constructor(
    @Inject(BlockedReturns) private readonly returns: BlockedReturns,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listBlockedReturns',
    summary: '入金できない返却資金（SM-5.4-2）',
    ...{ 'x-summary-en': 'Returned money that no account has taken, the oldest transfer first' },
  })
  @ApiOkResponse({ type: dto.BlockedReturnsDto })
  async list(
    @Query() { bankCode, after, limit = PAGE }: dto.ListBlockedReturnsQuery,
    @Officer() officer: StaffMember,
  ): Promise<dto.BlockedReturnsDto> {
    const institutionId = await this.banks.seenBy(officer, bankCode);
    const found = await this.returns.list(institutionId, { after, limit });
    return { returns: found.map(dto.blockedToWire) };
  }

  @Post(':transferId/retries')
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'retryReturn',
    summary: '返却資金の再入金の起案（SM-5.4-2）',
    ...{ 'x-summary-en': 'Propose that returned money is given back now (SM-5.4-2)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async retry(
    @Param('transferId') transferId: string,
    @Body() { bankCode, accountId, grounds }: dto.RetryReturnDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const institutionId = await this.banks.workedBy(officer, 'compliance', bankCode);
    const told = { accountId: accountId ?? null, grounds: grounds.trim() };
    const content = { institutionId, transferId, ...told };
    // A name that no transfer can have is answered like one that no transfer has.
    const proposed = isId('trf', transferId)
      ? await this.returns.propose(officer, content)
      : refused('return_unknown');
    return this.answer.of(this.returns.kind, proposed);
  }
}
