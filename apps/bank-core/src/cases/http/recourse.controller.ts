import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { canonicalJson } from '#libs/kernel';
import type { LossCase } from '#libs/liability';
import { Officer, STAFF, StaffGuard, type StaffMember } from '../../staff/index.js';
import type { Told } from '../case-book.service.js';
import { CasesService } from '../cases.service.js';
import { ClaimsService } from '../claims.service.js';
import { standingOf } from './case-answer.js';
import { answered, CaseDoor } from './case-door.js';
import { AcceptanceDto, AmountProposalDto, RecourseClaimDto, SettlementDto } from './case.dto.js';

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
  @ApiOkResponse({ description: 'The case as it stands, with the fingerprint to accept' })
  async propose(
    @Param() at: CaseParams,
    @Body() { amountYen, ...text }: AmountProposalDto,
    @Officer() officer: StaffMember,
  ): Promise<object> {
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
  @ApiOkResponse({ description: 'The case as it stands' })
  async accept(
    @Param() at: CaseParams & { readonly version: string },
    @Body() { side, person, textHash }: AcceptanceDto,
    @Officer() officer: StaffMember,
  ): Promise<object> {
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
  @ApiOkResponse({ description: 'The decision, kept with its inputs' })
  async decide(@Param() at: CaseParams, @Officer() officer: StaffMember): Promise<object> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const made = answered(await this.claims.decideRecourse(name, officer.mailAddress));
    return { decisionId: made.decisionId, decision: wire(made.decided.decision) };
  }

  @Post('recourse')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'claimRecourse',
    summary: '求償（RKN-L2・RKN-L4）',
    ...{ 'x-summary-en': 'Claim recourse (RKN-L2, RKN-L4)' },
  })
  @ApiOkResponse({ description: 'The claim with its decision and its statement' })
  async claim(
    @Param() at: CaseParams,
    @Body() { by, amountYen, against }: RecourseClaimDto,
    @Officer() officer: StaffMember,
  ): Promise<object> {
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
    return { number, decisionId, documentId, outcome: wire(decided.decision.outcome) };
  }

  @Post('recourse/:number/settlements')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'settleRecourse',
    summary: '求償の受領',
    ...{ 'x-summary-en': 'Record what was received of a claim' },
  })
  @ApiOkResponse({ description: 'The case as it stands' })
  async settle(
    @Param() at: CaseParams & { readonly number: string },
    @Body() { amountYen, ...rest }: SettlementDto,
    @Officer() officer: StaffMember,
  ): Promise<object> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const number = Number.parseInt(at.number, 10) || 0;
    const settlement = { ...rest, number, amountYen: BigInt(amountYen) };
    return shown(at, await this.cases.settle(name, settlement, officer.mailAddress));
  }
}

const wire = (value: unknown): unknown => JSON.parse(canonicalJson(value));

const shown = ({ caseId }: CaseParams, told: Told<LossCase>): object => ({
  caseId,
  ...standingOf(caseId, answered(told)),
});
