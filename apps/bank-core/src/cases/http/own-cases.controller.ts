import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refused, type Refusal, type Result } from '#libs/kernel';
import {
  idempotencySentences,
  idempotencyStatuses,
  platformProblem,
  problemOf,
  type IdempotencyRefusal,
} from '#libs/platform';
import { AgreementsService } from '../../agreements/index.js';
import { AnswersDocument } from '../../documents/index.js';
import type { KeptAnswer } from '../../platform/idempotency.js';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { BankCodes } from '../../staff/index.js';
import { CasesService } from '../cases.service.js';
import { caseSentences, type CaseRefusal } from '../domain/case.refusals.js';
import { OwnCasesService, type OwnAct } from '../own-cases.service.js';
import { answered, wellFormed } from './case-door.js';
import { caseStatuses } from './case.problems.js';
import { ownLineAnswer, ownPageAnswer } from './own-case-answer.js';
import * as dto from './own-case.dto.js';
import { FormQuery, instantOf } from './wire.js';

const PAGE = 50;

/** The intermediary's own cases: told of, read, and what it enters itself (RKN-L1 to L3). */
@ApiTags('participants')
@Controller(`${INTERNAL}/participants/self/cases`)
export class OwnCasesController {
  constructor(
    @Inject(OwnCasesService) private readonly own: OwnCasesService,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listOwnCases', summary: '自社の案件' })
  @ApiOkResponse({ type: dto.OwnCasesDto })
  async list(
    @Query() { before, limit = PAGE }: dto.ListOwnCasesQuery,
    @Req() request: FastifyRequest,
  ): Promise<dto.OwnCasesDto> {
    const found = await this.own.list(internalCaller(request).epspId, { before, limit });
    const now = await this.cases.now();
    return { cases: found.map(({ bankCode, line }) => ownLineAnswer(bankCode, line, now)) };
  }

  @Get(':caseId')
  @ApiOperation({ operationId: 'getOwnCase', summary: '自社の案件の内容' })
  @ApiOkResponse({ type: dto.OwnCaseDto })
  async get(
    @Param('caseId') caseId: string,
    @Req() request: FastifyRequest,
  ): Promise<dto.OwnCaseDto> {
    const { epspId } = internalCaller(request);
    const found = await this.own.page(epspId, wellFormed(caseId));
    if (!found) return answered(refused('case_unknown'));
    return ownPageAnswer(found, caseId, epspId);
  }

  @Get(':caseId/statements/:documentId')
  @ApiOperation({ operationId: 'fetchOwnStatement', summary: '求償計算書' })
  @AnswersDocument()
  async statement(
    @Param('caseId') caseId: string,
    @Param('documentId') documentId: string,
    @Query() { form }: FormQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { epspId } = internalCaller(request);
    const drawn = await this.own.statement(epspId, wellFormed(caseId), documentId, form);
    if (!drawn) return answered(refused('case_unknown'));
    await reply
      .header('content-type', drawn.mediaType)
      .header('content-disposition', `attachment; filename="${drawn.fileName}"`)
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(drawn.bytes));
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ operationId: 'reportOwnLoss', summary: '損害の届出（RKN-L1a）' })
  @ApiOkResponse({ type: dto.OwnReportTakenDto })
  async report(
    @Body() { bankCode, lossYen, occurredAt, knownAt, ...rest }: dto.ReportOwnLossDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.OwnReportTakenDto> {
    const act = actOf(request);
    await this.mustBeOwn(act.epspId, rest.chainPartnerId);
    const report = {
      ...rest,
      lossYen: BigInt(lossYen),
      occurredAt: dayOf(occurredAt),
      knownAt: dayOf(knownAt),
    };
    return done(await this.own.report(act, await this.codes.idOf(bankCode), report), reply);
  }

  @Post(':caseId/causes')
  @HttpCode(200)
  @ApiOperation({ operationId: 'stateOwnCause', summary: '原因についての陳述（RKN-L1a）' })
  @ApiOkResponse({ type: dto.EnteredDto })
  async cause(
    @Param('caseId') caseId: string,
    @Body() body: dto.OwnCauseDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.EnteredDto> {
    return done(await this.own.findCause(actOf(request), wellFormed(caseId), body), reply);
  }

  @Post(':caseId/exemptions')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'declareOwnExemption',
    summary: '賠償・補償が不要となる場合の届出（RKN-L1c）',
  })
  @ApiOkResponse({ type: dto.EnteredDto })
  async exemption(
    @Param('caseId') caseId: string,
    @Body() body: dto.OwnExemptionDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.EnteredDto> {
    return done(await this.own.exempt(actOf(request), wellFormed(caseId), body), reply);
  }

  @Post(':caseId/evidence')
  @HttpCode(200)
  @ApiOperation({ operationId: 'addOwnEvidence', summary: '証拠・疎明資料の提出' })
  @ApiOkResponse({ type: dto.EnteredDto })
  async evidence(
    @Param('caseId') caseId: string,
    @Body() body: dto.OwnCaseEvidenceDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.EnteredDto> {
    return done(await this.own.addEvidence(actOf(request), wellFormed(caseId), body), reply);
  }

  @Post(':caseId/payments')
  @HttpCode(200)
  @ApiOperation({ operationId: 'recordOwnPayment', summary: '利用者への支払の届出（RKN-L1b）' })
  @ApiOkResponse({ type: dto.EnteredDto })
  async payment(
    @Param('caseId') caseId: string,
    @Body() { amountYen, paidAt, ...rest }: dto.OwnPaymentDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.EnteredDto> {
    const paid = { ...rest, amountYen: BigInt(amountYen), paidAt: dayOf(paidAt) };
    return done(await this.own.pay(actOf(request), wellFormed(caseId), paid), reply);
  }

  @Post(':caseId/agreements')
  @HttpCode(200)
  @ApiOperation({ operationId: 'proposeOwnAmount', summary: '協議の額の提示（RKN-L2b）' })
  @ApiOkResponse({ type: dto.EnteredDto })
  async propose(
    @Param('caseId') caseId: string,
    @Body() { amountYen, ...text }: dto.OwnProposalDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.EnteredDto> {
    const agreement = { ...text, amountYen: BigInt(amountYen) };
    return done(await this.own.propose(actOf(request), wellFormed(caseId), agreement), reply);
  }

  @Post(':caseId/acceptances')
  @HttpCode(200)
  @ApiOperation({ operationId: 'acceptOwnAmount', summary: '協議の文面の承諾（RKN-L2b）' })
  @ApiOkResponse({ type: dto.EnteredDto })
  async accept(
    @Param('caseId') caseId: string,
    @Body() body: dto.OwnAcceptanceDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.EnteredDto> {
    return done(await this.own.accept(actOf(request), wellFormed(caseId), body), reply);
  }

  @Post(':caseId/recourse')
  @HttpCode(200)
  @ApiOperation({ operationId: 'claimOwnRecourse', summary: '求償（RKN-L2）' })
  @ApiOkResponse({ type: dto.OwnRecourseTakenDto })
  async claim(
    @Param('caseId') caseId: string,
    @Body() { amountYen, against }: dto.OwnRecourseDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<dto.OwnRecourseTakenDto> {
    const asked = {
      amountYen: BigInt(amountYen),
      against: against.map(({ institution, shareYen }) => ({
        institution,
        ...(shareYen !== undefined && { shareYen: BigInt(shareYen) }),
      })),
    };
    return done(await this.own.claim(actOf(request), wellFormed(caseId), asked), reply);
  }

  /** A foreign partner is as unknown as none (T-14). */
  private async mustBeOwn(epspId: string, partnerId: string | undefined): Promise<void> {
    if (partnerId === undefined) return;
    const partner = await this.agreements.partner(partnerId);
    if (partner?.intermediaryId !== epspId) throw platformProblem('not_found');
  }
}

function actOf(request: FastifyRequest): OwnAct {
  const { epspId, clientId } = internalCaller(request);
  return { epspId, clientId, key: idempotencyKeyOf(request) };
}

/** Well formed already; a day that the calendar does not have is refused here, before it is compared. */
function dayOf(text: string): number {
  const instant = instantOf(text);
  if (Number.isNaN(instant)) throw platformProblem('validation_failed');
  return instant;
}

function done<Body extends object>(
  result: Result<KeptAnswer<Body>, Refusal<CaseRefusal | IdempotencyRefusal>>,
  reply: FastifyReply,
): Body {
  if (!result.ok)
    throw problemOf(
      result.refusal,
      { ...caseStatuses, ...idempotencyStatuses },
      { ...caseSentences, ...idempotencySentences },
    );
  if (result.value.isReplay) void reply.header('idempotency-replayed', 'true');
  return result.value.body;
}
