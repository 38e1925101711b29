import { applyDecorators, Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnCases } from '../../../bank/index.js';
import type { OperationWords } from '../../../platform/http/documented.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { doneOnce, idOf, idSchema, ME, OwnAct } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import * as dto from './case-acts.dto.js';

/** One kind of entry of the intermediary's side. */
const Entry = (words: OperationWords) =>
  applyDecorators(
    ApiParam({ name: 'caseId', schema: idSchema('case') }),
    OwnAct(words),
    ApiCreatedResponse({ type: dto.CaseEnteredDto }),
  );

/** What the intermediary enters in its own cases; the rules of RKN-L judge each entry at bank-core. */
@Controller(`${ME}/compensation-cases/:caseId`)
export class OwnCaseActsController {
  constructor(@Inject(OwnCases) private readonly cases: OwnCases) {}

  @Post('causes')
  @Entry({
    id: 'stateCause',
    ja: '原因についての陳述',
    en: 'Say what the cause was, with evidence, or that it cannot be found (RKN-L1a)',
  })
  async cause(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('caseId') caseId: string,
    @Body() body: dto.CauseStatementDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.CaseEnteredDto> {
    const id = idOf('case', caseId);
    return entered(doneOnce(await this.cases.findCause(ownCaller(access), key, id, body), reply));
  }

  @Post('exemptions')
  @Entry({
    id: 'declareExemption',
    ja: '賠償・補償が不要である旨の届出',
    en: 'Say that your service agreement owes nothing here; for fraud the policy decides (RKN-L1c)',
  })
  async exemption(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('caseId') caseId: string,
    @Body() body: dto.ExemptionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.CaseEnteredDto> {
    const id = idOf('case', caseId);
    const answer = await this.cases.declareExemption(ownCaller(access), key, id, body);
    return entered(doneOnce(answer, reply));
  }

  @Post('evidence')
  @Entry({ id: 'addCaseEvidence', ja: '証拠・疎明資料の提出', en: 'Add evidence to a case' })
  async evidence(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('caseId') caseId: string,
    @Body() { showing = false, ...said }: dto.CaseEvidenceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.CaseEnteredDto> {
    const id = idOf('case', caseId);
    const body = { ...said, showing };
    return entered(doneOnce(await this.cases.addEvidence(ownCaller(access), key, id, body), reply));
  }

  @Post('payments')
  @Entry({
    id: 'recordUserPayment',
    ja: '利用者への支払の届出',
    en: 'Enter what you paid the user, and under which clause (RKN-L1b)',
  })
  async payment(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('caseId') caseId: string,
    @Body() { amount, ...paid }: dto.PaymentToUserDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.CaseEnteredDto> {
    const id = idOf('case', caseId);
    const body = { ...paid, amountYen: amount.amount };
    return entered(doneOnce(await this.cases.pay(ownCaller(access), key, id, body), reply));
  }

  @Post('agreements')
  @Entry({
    id: 'proposeConsultationText',
    ja: '協議の額の提示',
    en: 'Put an amount and its reasons forward, a new version each time (RKN-L2b)',
  })
  async propose(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('caseId') caseId: string,
    @Body() { amount, ...text }: dto.ConsultationProposalDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.CaseEnteredDto> {
    const id = idOf('case', caseId);
    const body = { ...text, amountYen: amount.amount };
    return entered(doneOnce(await this.cases.propose(ownCaller(access), key, id, body), reply));
  }

  @Post('acceptances')
  @Entry({
    id: 'acceptConsultationText',
    ja: '協議の文面の承諾',
    en: 'Accept exactly the text whose hash you name (RKN-L2b)',
  })
  async accept(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('caseId') caseId: string,
    @Body() body: dto.AcceptanceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.CaseEnteredDto> {
    const id = idOf('case', caseId);
    return entered(doneOnce(await this.cases.accept(ownCaller(access), key, id, body), reply));
  }

  @Post('recourse')
  @ApiParam({ name: 'caseId', schema: idSchema('case') })
  @OwnAct({
    id: 'claimRecourse',
    ja: '求償',
    en: 'Claim back from institutions what you paid (RKN-L2, RKN-L3)',
  })
  @ApiCreatedResponse({ type: dto.RecourseClaimedDto })
  async claim(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Param('caseId') caseId: string,
    @Body() { amount, against }: dto.RecourseClaimDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.RecourseClaimedDto> {
    const body = {
      amountYen: amount.amount,
      against: against.map(({ institution, share }) => ({
        institution,
        ...(share && { shareYen: share.amount }),
      })),
    };
    const id = idOf('case', caseId);
    const made = doneOnce(await this.cases.claim(ownCaller(access), key, id, body), reply);
    return { caseId: made.caseId, number: made.number, documentId: made.documentId };
  }
}

const entered = ({ caseId, sequence }: dto.CaseEnteredDto): dto.CaseEnteredDto => ({
  caseId,
  sequence,
});
