import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { idempotencyKeyOf, INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { RiskSignals } from '../risk-signals.service.js';
import { ReportRiskSignalsDto, RiskSignalReceiptDto } from './risk-signal.dto.js';
import { riskSignalSentencesOfAll, riskSignalStatuses } from './risk-signal.problems.js';

@ApiTags('transfers')
@Controller(`${INTERNAL}/institutions/:bankCode/transfers/:transferId/risk-signals`)
export class ReportRiskSignalsController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RiskSignals) private readonly signals: RiskSignals,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ operationId: 'reportRiskSignals', summary: 'リスク情報の受付' })
  @ApiAcceptedResponse({ type: RiskSignalReceiptDto })
  async report(
    @Param('bankCode') bankCode: string,
    @Param('transferId') transferId: string,
    @Body() body: ReportRiskSignalsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RiskSignalReceiptDto> {
    const { clientId, interactionId, customer } = internalCaller(request);
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution || !isId('trf', transferId)) throw platformProblem('not_found');
    const signals = body.signals.map(({ kind, grade, observedAt }) => {
      const at = Date.parse(observedAt);
      if (Number.isNaN(at)) throw platformProblem('validation_failed');
      return { kind, grade, observedAt: at };
    });
    const result = await this.signals.report({
      institutionId: institution.id,
      clientId,
      interactionId,
      customer,
      transferId,
      idempotencyKey: idempotencyKeyOf(request),
      signals,
    });
    if (!result.ok) throw problemOf(result.refusal, riskSignalStatuses, riskSignalSentencesOfAll);
    if (result.value.isReplay) void reply.header('idempotency-replayed', 'true');
    return result.value.body;
  }
}
