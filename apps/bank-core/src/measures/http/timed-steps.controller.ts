import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
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
import { TimedStepCancellations } from '../timed-step-cancellations.js';
import { TimedSteps } from '../timed-steps.js';
import {
  CancelTimedStepDto,
  ListTimedStepsQuery,
  TimedStepsDto,
  timedStepToWire,
} from './timed-step.dto.js';

const PAGE = 50;

/** What was decided for a later moment: it waits here to be seen, and two people may take it back. */
@ApiTags('measures')
@Controller(`${STAFF}/links/:epspId/timed-steps`)
@UseGuards(StaffGuard)
export class TimedStepsController {
  constructor(
    @Inject(TimedSteps) private readonly timed: TimedSteps,
    @Inject(TimedStepCancellations) private readonly cancellations: TimedStepCancellations,
    @Inject(ProposalDesk) private readonly proposals: ProposalDesk,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listTimedSteps',
    summary: '将来に発効する措置・再開',
    ...{ 'x-summary-en': 'Measures and resumptions that take effect later' },
  })
  @ApiOkResponse({ type: TimedStepsDto })
  async list(
    @Param('epspId') epspId: string,
    @Query() { bankCode, before }: ListTimedStepsQuery,
    @Officer() officer: StaffMember,
  ): Promise<TimedStepsDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const found = await this.timed.list(id, epspId, { before, limit: PAGE });
    return { steps: found.map(timedStepToWire) };
  }

  @Post(':proposalId/cancellations')
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeTimedStepCancellation',
    summary: '発効前の取りやめの起案',
    ...{ 'x-summary-en': 'Propose to cancel a step before it takes effect' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async cancel(
    @Param('epspId') epspId: string,
    @Param('proposalId') proposalId: string,
    @Body() { bankCodes, reason }: CancelTimedStepDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const institutionIds = await Promise.all(bankCodes.map((code) => this.codes.idOf(code)));
    const [first = 0] = institutionIds;
    const found = isId('prp', proposalId) ? await this.timed.find(first, proposalId) : undefined;
    if (found?.epspId !== epspId) throw platformProblem('not_found');
    const content = { proposalId, institutionIds, reason };
    const { kind } = this.cancellations;
    return this.answer.of(
      kind,
      await this.proposals.propose(officer, kind, content, institutionIds),
    );
  }
}
