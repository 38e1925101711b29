import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { AgreementsService } from '../../agreements/index.js';
import {
  BankCodes,
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../staff/index.js';
import { ReviewSteps } from '../review-steps.js';
import { StopSteps } from '../stop-steps.js';
import { fieldsOf } from './step-fields.js';
import { ReviewStepDto, StopStepDto, type StepDto } from './step.dto.js';

/** The steps of RKN-S4 and RKN-C2, each a proposal that a second natural person approves as it stands. */
@ApiTags('measures')
@Controller(`${STAFF}/links/:epspId`)
@UseGuards(StaffGuard)
@StaffRoles('compliance')
export class ProposeStepsController {
  constructor(
    @Inject(ReviewSteps) private readonly review: ReviewSteps,
    @Inject(StopSteps) private readonly stops: StopSteps,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Post('review-steps')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'proposeReviewStep',
    summary: '安全管理の手続の起案（RKN-S4）',
    ...{ 'x-summary-en': 'Propose a step of the security procedure (RKN-S4)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async reviewStep(
    @Param('epspId') epspId: string,
    @Body() body: ReviewStepDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    await this.known(epspId);
    const { step } = body;
    const institutionIds = await this.idsOf(body);
    const asked = { epspId, step, institutionIds, fields: fieldsOf(body) };
    return this.answer.of(this.review.kind, await this.review.propose(officer, asked));
  }

  @Post('chain-partners/:partnerId/stop-steps')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'proposeStopStep',
    summary: '連鎖接続の停止の手続の起案（RKN-C2）',
    ...{ 'x-summary-en': 'Propose a step towards stopping a chain partner (RKN-C2)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async stopStep(
    @Param('epspId') epspId: string,
    @Param('partnerId') partnerId: string,
    @Body() body: StopStepDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    await this.known(epspId);
    const partner = isId('cp', partnerId) ? await this.agreements.partner(partnerId) : undefined;
    if (partner?.intermediaryId !== epspId) throw platformProblem('not_found');
    const { step } = body;
    const institutionIds = await this.idsOf(body);
    const asked = { epspId, partnerId, step, institutionIds, fields: fieldsOf(body) };
    return this.answer.of(this.stops.kind, await this.stops.propose(officer, asked));
  }

  private async known(epspId: string): Promise<void> {
    const found = isId('epsp', epspId) && (await this.agreements.intermediary(epspId));
    if (!found) throw platformProblem('not_found');
  }

  private idsOf({ bankCodes }: StepDto): Promise<number[]> {
    return Promise.all(bankCodes.map((code) => this.codes.idOf(code)));
  }
}
