import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnCases } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { PageQuery, pageOf } from '../list-page.js';
import { DocumentFormQuery } from '../linkage/letter.dto.js';
import { doneOnce, idOf, idSchema, ME, orRefuse, OwnAct, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { AnswersDocument, sendFile } from '../send-file.js';
import { LossReportDto } from './case-acts.dto.js';
import { CaseDto, CasesDto, toCase, toCaseSummary } from './case.dto.js';

const PATH = `${ME}/compensation-cases`;

/** 事案: losses in which the intermediary is a side, and what it reports itself (RKN-L1a). */
@Controller(PATH)
export class OwnCasesController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnCases) private readonly cases: OwnCases,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'cases');
  }

  @Get()
  @OwnAffair({
    id: 'listCompensationCases',
    ja: '自社の事案（新しい順）',
    en: 'Losses in which you are a side, the newest first',
  })
  @ApiOkResponse({ type: CasesDto })
  async list(@CurrentAccess() access: Access, @Query() query: PageQuery): Promise<CasesDto> {
    const caller = ownCaller(access);
    const page = await pageOf(
      {
        path: PATH,
        cursors: this.cursors,
        owner: caller.epspId,
        read: async (part) => orRefuse(await this.cases.cases(caller, part)),
        keyOf: ({ caseId }) => caseId,
      },
      query,
    );
    return { ...page, data: page.data.map(toCaseSummary) };
  }

  @Post()
  @OwnAct({
    id: 'reportLoss',
    ja: '損害の届出',
    en: 'Tell of a loss; under one reference it opens one case (RKN-L1a)',
  })
  @ApiCreatedResponse({ type: CaseDto })
  async report(
    @CurrentAccess() access: Access,
    @IdempotencyKey() key: string,
    @Body() { loss, ...report }: LossReportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseDto> {
    const caller = ownCaller(access);
    const answer = await this.cases.report(caller, key, { ...report, lossYen: loss.amount });
    const { caseId } = doneOnce(answer, reply);
    void reply.header('location', `/${PATH}/${caseId}`);
    return toCase(orRefuse(await this.cases.one(caller, caseId)));
  }

  @Get(':caseId')
  @ApiParam({ name: 'caseId', schema: idSchema('case') })
  @OwnAffair({
    id: 'getCompensationCase',
    ja: '事案',
    en: 'One case: sums, findings, texts to accept, claims, and your own entries',
  })
  @ApiOkResponse({ type: CaseDto })
  async get(@CurrentAccess() access: Access, @Param('caseId') caseId: string): Promise<CaseDto> {
    const answer = await this.cases.one(ownCaller(access), idOf('case', caseId));
    return toCase(orRefuse(answer));
  }

  @Get(':caseId/statements/:statementId')
  @ApiParam({ name: 'caseId', schema: idSchema('case') })
  @ApiParam({ name: 'statementId', schema: idSchema('doc') })
  @OwnAffair({
    id: 'fetchRecourseStatement',
    ja: '求償計算書（PDF・HTML・JSON）',
    en: 'The statement of a claim of recourse as PDF, HTML or JSON',
  })
  @AnswersDocument()
  async statement(
    @CurrentAccess() access: Access,
    @Param('caseId') caseId: string,
    @Param('statementId') statementId: string,
    @Query() { form = 'pdf' }: DocumentFormQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (request.method !== 'GET') throw platformProblem('not_found');
    const [id, document] = [idOf('case', caseId), idOf('doc', statementId)];
    const answer = await this.cases.statement(ownCaller(access), id, document, form);
    await sendFile(reply, orRefuse(answer));
  }
}
