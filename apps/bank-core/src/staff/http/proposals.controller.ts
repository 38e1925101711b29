import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { horizonOf, type StaffMember } from '../domain/staff-member.js';
import { ProposalDesk } from '../proposal-desk.js';
import { RoleChanges } from '../role-changes.js';
import type { ProposalView } from '../domain/proposal.js';
import { BankCodes } from './bank-codes.js';
import { ProposalAnswer } from './proposal-answer.js';
import { ChangeRoleDto, DecideDto, ListProposalsQuery, ProposalDto } from './staff.dto.js';
import { Officer, STAFF, StaffGuard, staffProblem } from './staff.guard.js';

/** What officers proposed, and the second person's decision on exactly that (T-17). */
@ApiTags('staff')
@Controller(STAFF)
@UseGuards(StaffGuard)
export class ProposalsController {
  constructor(
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
    @Inject(RoleChanges) private readonly roles: RoleChanges,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get('proposals')
  @ApiOperation({
    operationId: 'listProposals',
    summary: '起案の一覧',
    ...{ 'x-summary-en': 'What was proposed' },
  })
  @ApiOkResponse({ type: [ProposalDto] })
  async list(
    @Query() { state, before, limit = 50 }: ListProposalsQuery,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto[]> {
    const views = await this.desk.list({ state, before, limit });
    return Promise.all(
      views.filter((view) => maySee(officer, view)).map((view) => this.answer.shown(view)),
    );
  }

  @Get('proposals/:id')
  @ApiOperation({
    operationId: 'getProposal',
    summary: '起案',
    ...{ 'x-summary-en': 'A proposal' },
  })
  @ApiOkResponse({ type: ProposalDto })
  async get(@Param('id') id: string, @Officer() officer: StaffMember): Promise<ProposalDto> {
    return this.answer.shown(await this.seen(id, officer));
  }

  @Post('proposals/:id/decisions')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'decideProposal',
    summary: '承認・却下・取下げ',
    ...{ 'x-summary-en': 'Approve, turn down or withdraw' },
  })
  @ApiOkResponse({ type: ProposalDto })
  async decide(
    @Param('id') id: string,
    @Body() body: DecideDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const { proposal } = await this.seen(id, officer);
    if (body.decision === 'approve')
      return this.answer.of(
        proposal.kind,
        await this.desk.approve(id, officer, body.contentHash ?? ''),
      );
    if (!body.reason) throw platformProblem('validation_failed');
    return this.answer.of(proposal.kind, await this.desk.end(id, officer, body.reason));
  }

  @Post('role-changes')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'proposeRoleChange',
    summary: '役割の変更の起案',
    ...{ 'x-summary-en': 'Propose that somebody gets or loses a role' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async changeRole(
    @Body() { mailAddress, act, role, bankCode }: ChangeRoleDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const institutionId = bankCode === undefined ? undefined : await this.codes.idOf(bankCode);
    const change = { mailAddress: mailAddress.toLowerCase(), act, role, institutionId };
    return this.answer.of(this.roles.kind, await this.roles.propose(officer, change));
  }

  private async seen(id: string, officer: StaffMember): Promise<ProposalView> {
    const view = await this.desk.find(id);
    if (!view || !maySee(officer, view)) throw staffProblem('proposal_unknown');
    return view;
  }
}

/** Matters of the federation are seen by all officers, those of an institution by its own. */
function maySee(officer: StaffMember, { proposal }: ProposalView): boolean {
  const horizon = horizonOf(officer);
  if (horizon === 'all' || proposal.institutionIds.length === 0) return true;
  return proposal.institutionIds.some((id) => horizon.includes(id));
}
