import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CaseEvent, LossCase } from '#libs/liability';
import {
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  type StaffMember,
} from '../../staff/index.js';
import { AttributionFindings } from '../attribution-findings.js';
import type { Told } from '../case-book.service.js';
import { CasesService } from '../cases.service.js';
import { EvidenceService } from '../evidence.service.js';
import { UnavoidableFindings } from '../unavoidable-findings.js';
import { CaseStandingDto } from './answers/case-standing.dto.js';
import { ExclusionFoundDto } from './answers/evidence.dto.js';
import { standingOf } from './case-answer.js';
import { answered, CaseDoor } from './case-door.js';
import * as dto from './case.dto.js';
import { instantOf } from './wire.js';

/** What happens to a case: each endpoint is one kind of event that the library judges. */
@ApiTags('cases')
@Controller(`${STAFF}/cases/:bankCode/:caseId`)
@UseGuards(StaffGuard)
export class CaseEventsController {
  constructor(
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(AttributionFindings) private readonly attributions: AttributionFindings,
    @Inject(UnavoidableFindings) private readonly unavoidable: UnavoidableFindings,
    @Inject(ProposalAnswer) private readonly proposals: ProposalAnswer,
    @Inject(CaseDoor) private readonly door: CaseDoor,
  ) {}

  @Post('cause')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'findCause',
    summary: '原因の認定（RKN-L1a）',
    ...{ 'x-summary-en': 'Record whether the cause was found (RKN-L1a)' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  cause(
    @Param() at: CaseParams,
    @Body() { status, evidence, grounds }: dto.CauseDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const found = { type: 'cause_found', evidence } as const;
    return this.tell(at, status === 'found' ? found : { type: 'cause_unknown', grounds }, officer);
  }

  @Post('exemption')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'findExemption',
    summary: '賠償・補償が不要となる場合（RKN-L1c）',
    ...{ 'x-summary-en': 'Record that nothing is owed under the agreement (RKN-L1c)' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  exemption(
    @Param() at: CaseParams,
    @Body() { agreementClause }: dto.ExemptionDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    return this.tell(at, { type: 'exemption_found', agreementClause }, officer);
  }

  @Post('scope')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'findScope',
    summary: '損害の範囲の認定（RKN-L4）',
    ...{ 'x-summary-en': 'Find what kind of loss it was (RKN-L4)' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  scope(
    @Param() at: CaseParams,
    @Body() { scope, evidence }: dto.ScopeDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    return this.tell(at, { type: 'scope_found', scope: { value: scope, evidence } }, officer);
  }

  @Post('payments')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'recordPayment',
    summary: '利用者への支払の記録（RKN-L1b）',
    ...{ 'x-summary-en': 'Record what was paid to the user (RKN-L1b)' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  payment(
    @Param() at: CaseParams,
    @Body() { agreementClause, amountYen, paidAt, ...rest }: dto.PaymentDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const payment = { ...rest, amountYen: BigInt(amountYen), paidAt: instantOf(paidAt) };
    const clause = agreementClause === undefined ? {} : { agreementClause };
    return this.tell(at, { type: 'paid', payment, ...clause }, officer);
  }

  @Post('recoveries')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'recordRecovery',
    summary: '行為者からの回収の記録（SM-14.7）',
    ...{ 'x-summary-en': 'Record what the wrongdoer paid (SM-14.7)' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  async recovery(
    @Param() at: CaseParams,
    @Body() { amountYen, ...rest }: dto.RecoveryDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const recovery = { ...rest, amountYen: BigInt(amountYen) };
    return this.shown(at, await this.cases.recovered(name, recovery, officer.mailAddress));
  }

  @Post('showings')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'attachShowing',
    summary: '疎明資料の添付',
    ...{ 'x-summary-en': 'Attach what makes it plausible' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  showing(
    @Param() at: CaseParams,
    @Body() { evidence }: dto.CaseGroundsDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    return this.tell(at, { type: 'showing_attached', evidence }, officer);
  }

  @Post('attributions')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'proposeAttribution',
    summary: '責任の帰属の認定の起案（RKN-L2〜L4）',
    ...{ 'x-summary-en': 'Propose whose fault it was (RKN-L2 to L4)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async attribution(
    @Param() at: CaseParams,
    @Body() { chainPartner, ...found }: dto.AttributionDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const content = { ...name, ...found, chainPartner: chainPartner ?? null };
    const proposed = await this.attributions.propose(officer, content);
    return this.proposals.of(this.attributions.kind, proposed);
  }

  @Post('unavoidable')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'proposeUnavoidable',
    summary: 'やむを得ない支払の判断の起案（RKN-L4-0b）',
    ...{ 'x-summary-en': 'Propose that a payment was unavoidable (RKN-L4-0b)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async gateB(
    @Param() at: CaseParams,
    @Body() body: dto.CaseGroundsDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const proposed = await this.unavoidable.propose(officer, { ...name, ...body });
    return this.proposals.of(this.unavoidable.kind, proposed);
  }

  @Post('notes')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'writeNote',
    summary: '協議の議事・証拠・処理の終了の記録',
    ...{ 'x-summary-en': 'Write minutes, evidence or the end of the work' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  async note(
    @Param() at: CaseParams,
    @Body() { kind, ...content }: dto.NoteDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    return this.shown(at, await this.cases.note(name, kind, content, officer.mailAddress));
  }

  @Post('due-care')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'findDueCare',
    summary: '相当の注意の認定（SM-13.1a）',
    ...{ 'x-summary-en': 'Find due care in checking who asked (SM-13.1a)' },
  })
  @ApiOkResponse({ type: CaseStandingDto })
  async dueCare(
    @Param() at: CaseParams,
    @Body() body: dto.DueCareDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    return this.shown(at, await this.evidence.findDueCare(name, body, officer.mailAddress));
  }

  @Post('exclusions')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'findExclusion',
    summary: '免責の認定（SM-13）',
    ...{ 'x-summary-en': 'A finding on an exclusion of liability; it refuses no claim' },
  })
  @ApiOkResponse({ type: ExclusionFoundDto })
  async exclusion(
    @Param() at: CaseParams,
    @Body() body: dto.ExclusionDto,
    @Officer() officer: StaffMember,
  ): Promise<ExclusionFoundDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    return answered(await this.evidence.exclude(name, body, officer.mailAddress));
  }

  private async tell(
    at: CaseParams,
    event: CaseEvent,
    officer: StaffMember,
  ): Promise<CaseStandingDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    return this.shown(at, await this.cases.tell(name, event, officer.mailAddress));
  }

  private shown({ caseId }: CaseParams, told: Told<LossCase>): CaseStandingDto {
    return standingOf(caseId, answered(told));
  }
}

/** Not a DTO class: names of a path are checked by the door, which answers like for one that is not there. */
type CaseParams = Readonly<{ bankCode: string; caseId: string }>;
