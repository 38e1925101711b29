import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LossCase } from '#libs/liability';
import { Officer, STAFF, StaffGuard, type StaffMember } from '../../staff/index.js';
import type { Told } from '../case-book.service.js';
import { CasesService } from '../cases.service.js';
import { ClaimsService } from '../claims.service.js';
import { CaseStandingDto } from './answers/case-standing.dto.js';
import { DecisionKeptDto, RecourseTakenDto } from './answers/decision.dto.js';
import { standingOf } from './case-answer.js';
import { answered, CaseDoor } from './case-door.js';
import { AcceptanceDto, AmountProposalDto, RecourseClaimDto, SettlementDto } from './case.dto.js';
import { canonically } from './wire.js';

type CaseParams = Readonly<{ bankCode: string; caseId: string }>;

/** Who may claim back what: consultation, decision, claim, settlement. Source: RKN-L2 to RKN-L4. */
@ApiTags('cases')
@Controller(`${STAFF}/cases/:bankCode/:caseId`)
@UseGuards(StaffGuard)
export class RecourseController {
  constructor(
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(CaseDoor) private readonly door: CaseDoor,
  ) {}

  @Post('agreements')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'proposeAmount',
    summary: '協議の額の提示（RKN-L2b）',
    ...{ 'x-summary-en': 'Put an amount forward for consultation (RKN-L2b)' },
  })
  @ApiOkResponse({ type: CaseStandingDto, description: 'With the fingerprint to accept' })
  async propose(
    @Param() at: CaseParams,
    @Body() { amountYen, ...text }: AmountProposalDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const agreement = { ...text, amountYen: BigInt(amountYen) };
    return shown(at, await this.cases.propose(name, agreement, officer.mailAddress));
  }

  @Post('agreements/:version/acceptances')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'acceptAmount',
    summary: '協議の額の承諾（RKN-L2b）',
    ...{ 'x-summary-en': 'Accept exactly that amount (RKN-L2b)' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  async accept(
    @Param() at: CaseParams & { readonly version: string },
    @Body() { side, person, textHash }: AcceptanceDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const version = Number.parseInt(at.version, 10) || 0;
    // An officer signs for the institution and for nobody else; the intermediary's signatory is named.
    const signer = side === 'FI' ? officer.mailAddress : (person ?? '');
    const acceptance = { version, side, person: signer, textHash };
    return shown(at, await this.cases.accept(name, acceptance, officer.mailAddress));
  }

  @Post('recourse-decisions')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'decideRecourse',
    summary: '求償の判断',
    ...{ 'x-summary-en': 'Decide what may be claimed' },
  })
  @ApiOkResponse({ type: DecisionKeptDto, description: 'Kept with its inputs' })
  async decide(@Param() at: CaseParams, @Officer() officer: StaffMember): Promise<DecisionKeptDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const made = answered(await this.claims.decideRecourse(name, officer.mailAddress));
    return { decisionId: made.decisionId, decision: canonically(made.decided.decision) };
  }

  @Post('recourse')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'claimRecourse',
    summary: '求償（RKN-L2・RKN-L4）',
    ...{ 'x-summary-en': 'Claim recourse (RKN-L2, RKN-L4)' },
  })
  @ApiCreatedResponse({ type: RecourseTakenDto })
  async claim(
    @Param() at: CaseParams,
    @Body() { by, amountYen, against }: RecourseClaimDto,
    @Officer() officer: StaffMember,
  ): Promise<RecourseTakenDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const claim = {
      by,
      amountYen: BigInt(amountYen),
      against: against.map(({ institution, shareYen }) => ({
        institution,
        ...(shareYen !== undefined && { shareYen: BigInt(shareYen) }),
      })),
    };
    const made = answered(await this.claims.claimRecourse(name, claim, officer.mailAddress));
    const { number, decisionId, documentId, decided } = made;
    return {
      number,
      decisionId,
      documentId,
      outcome: canonically<object>(decided.decision.outcome),
    };
  }

  @Post('recourse/:number/settlements')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'settleRecourse',
    summary: '求償の受領',
    ...{ 'x-summary-en': 'Record what was received of a claim' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  async settle(
    @Param() at: CaseParams & { readonly number: string },
    @Body() { amountYen, ...rest }: SettlementDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const number = Number.parseInt(at.number, 10) || 0;
    const settlement = { ...rest, number, amountYen: BigInt(amountYen) };
    return shown(at, await this.cases.settle(name, settlement, officer.mailAddress));
  }
}

const shown = ({ caseId }: CaseParams, told: Told<LossCase>): CaseStandingDto =>
  standingOf(caseId, answered(told));
