import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { refused } from '#libs/kernel';
import { AnswersDocument } from '../../documents/index.js';
import {
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  type StaffMember,
} from '../../staff/index.js';
import { CaseProbes } from '../case-probes.js';
import { ClaimsService } from '../claims.service.js';
import { CompensationAwards } from '../compensation-awards.js';
import { CaseDocuments } from '../case-documents.service.js';
import {
  DecisionKeptDto,
  FactsTakenDto,
  ReplayedDecisionDto,
  ReplayedDto,
  TriedDto,
  type DecisionDto,
} from './answers/decision.dto.js';
import { answered, CaseDoor, wellFormed } from './case-door.js';
import { AwardDto } from './case.dto.js';
import { claimOf, EstablishFactsDto, WhatIfDto } from './claim.dto.js';
import { canonically, FormQuery } from './wire.js';

type CaseParams = Readonly<{ bankCode: string; caseId: string }>;

/** A claim for compensation (SM-14), the policy's assessment (RKN-L1d), what-if, replay and what is said in writing. */
@ApiTags('cases')
@Controller(`${STAFF}/cases/:bankCode`)
@UseGuards(StaffGuard)
export class ClaimsController {
  constructor(
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(CompensationAwards) private readonly awards: CompensationAwards,
    @Inject(CaseProbes) private readonly probes: CaseProbes,
    @Inject(CaseDocuments) private readonly documents: CaseDocuments,
    @Inject(ProposalAnswer) private readonly proposals: ProposalAnswer,
    @Inject(CaseDoor) private readonly door: CaseDoor,
  ) {}

  @Post('what-if')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'tryClaim',
    summary: '試算（保存しない）',
    ...{ 'x-summary-en': 'Ask what the rules would say; nothing is kept' },
  })
  @ApiOkResponse({ type: TriedDto, description: 'Nothing is kept but that it was asked' })
  async whatIf(
    @Param('bankCode') bankCode: string,
    @Body() { about, claim, holderKind = 'unknown' }: WhatIfDto,
    @Officer() officer: StaffMember,
  ): Promise<TriedDto> {
    const id = await this.door.toRead(bankCode, officer);
    const question = { about, claim: claimOf(claim) };
    const said = answered(await this.probes.whatIf(id, question, holderKind, officer));
    return { about, decision: canonically(said.decision) };
  }

  @Post(':caseId/facts')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'establishFacts',
    summary: '補てん請求の事実の記録（SM-14）',
    ...{ 'x-summary-en': 'Establish the facts of a claim (SM-14)' },
  })
  @ApiOkResponse({ type: FactsTakenDto })
  async facts(
    @Param() at: CaseParams,
    @Body() { seenVersion, claim }: EstablishFactsDto,
    @Officer() officer: StaffMember,
  ): Promise<FactsTakenDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const told = await this.claims.establish(
      name,
      seenVersion,
      claimOf(claim),
      officer.mailAddress,
    );
    const { version, decided } = answered(told);
    return { version, decision: canonically(decided.decision) };
  }

  @Post(':caseId/assessments')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'assessFraud',
    summary: '申し合わせによる検討（RKN-L1d）',
    ...{ 'x-summary-en': 'Assess under the policy on fraud (RKN-L1d)' },
  })
  @ApiOkResponse({ type: DecisionKeptDto })
  async assess(@Param() at: CaseParams, @Officer() officer: StaffMember): Promise<DecisionKeptDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const made = answered(await this.claims.assess(name, officer.mailAddress));
    return { decisionId: made.decisionId, decision: canonically(made.decided.decision) };
  }

  @Post(':caseId/awards')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'proposeAward',
    summary: '補てんの決定の起案（SM-14）',
    ...{ 'x-summary-en': 'Propose a decision on compensation (SM-14)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async award(
    @Param() at: CaseParams,
    @Body() { factsVersion, amountYen, grounds, accountId }: AwardDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const name = await this.door.case(at.bankCode, at.caseId, officer);
    const proposed = await this.awards.propose(officer, {
      ...name,
      factsVersion,
      amountYen: amountYen ?? null,
      grounds: grounds ?? null,
      accountId: accountId ?? null,
    });
    return this.proposals.of(this.awards.kind, proposed);
  }

  @Post(':caseId/replays')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayCase',
    summary: '案件の再現',
    ...{ 'x-summary-en': 'Replay a case from its events' },
  })
  @ApiOkResponse({ type: ReplayedDto })
  async replay(@Param() at: CaseParams, @Officer() officer: StaffMember): Promise<ReplayedDto> {
    const institutionId = await this.door.toRead(at.bankCode, officer);
    const name = { institutionId, caseId: wellFormed(at.caseId) };
    const { same, hash } = answered(await this.probes.replayCase(name, officer));
    return { same, hash };
  }

  @Post(':caseId/decisions/:decisionId/replays')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayDecision',
    summary: '判断の再現',
    ...{ 'x-summary-en': 'Replay a decision from its stored inputs' },
  })
  @ApiOkResponse({ type: ReplayedDecisionDto })
  async replayDecision(
    @Param() at: CaseParams & { readonly decisionId: string },
    @Officer() officer: StaffMember,
  ): Promise<ReplayedDecisionDto> {
    const institutionId = await this.door.toRead(at.bankCode, officer);
    const name = { institutionId, caseId: wellFormed(at.caseId) };
    const told = await this.probes.replayDecision(name, at.decisionId.slice(0, 40), officer);
    const { same, hash, text } = answered(told);
    return { same, hash, decision: JSON.parse(text) as DecisionDto };
  }

  @Get(':caseId/documents/:documentId')
  @ApiOperation({
    operationId: 'getCaseDocument',
    summary: '案件の文書（PDF・HTML・JSON）',
    ...{ 'x-summary-en': 'A document of the case as PDF, HTML or JSON' },
  })
  @AnswersDocument()
  async document(
    @Param() at: CaseParams & { readonly documentId: string },
    @Query() { form }: FormQuery,
    @Officer() officer: StaffMember,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = await this.door.toRead(at.bankCode, officer);
    const drawn = await this.documents.drawn(id, wellFormed(at.caseId), at.documentId, form);
    if (!drawn) return answered(refused('case_unknown'));
    await reply
      .header('content-type', drawn.mediaType)
      .header('content-disposition', `attachment; filename="${drawn.fileName}"`)
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(drawn.bytes));
  }
}
