import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { ActsOnce, IdempotencyKey, REPLAYED } from '../../platform/http/idempotency-key.js';
import { RiskSignalReceiptDto, RiskSignalsDto, toReceipt } from './risk-signal.dto.js';

/** Evidence beside a transfer. It is kept and shown to the bank's staff; no transfer is refused for it. */
@ApiTags('transfers')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@ApiParam({
  name: 'transferId',
  schema: { type: 'string', pattern: '^trf_[0-9a-z]{26}$', maxLength: 30 },
})
@Controller('v1/banks/:bankCode/transfers/:transferId/risk-signals')
export class ReportRiskSignalsController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Post()
  @HttpCode(202)
  @Guarded({ kind: 'pay', fn: 'transfer_initiation', isOwn: true })
  @Documented({
    id: 'reportRiskSignals',
    ja: '振込に伴うリスク情報の提供',
    en: 'Risk signals with a transfer: kept, shown to staff, deciding nothing by themselves',
    also: [409, 422],
  })
  @ActsOnce()
  @ApiAcceptedResponse({ type: RiskSignalReceiptDto })
  async report(
    @CurrentAccess() { caller, bankCode }: Access,
    @Param('transferId') transferId: string,
    @IdempotencyKey() key: string,
    @Body() body: RiskSignalsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RiskSignalReceiptDto> {
    if (!isId('trf', transferId)) throw platformProblem('not_found');
    const answer = await this.bank.reportRiskSignals(caller, bankCode, transferId, key, body);
    if (!answer.ok) throw coreProblem(answer.refusal);
    if (answer.value.isReplay) void reply.header(REPLAYED, 'true');
    return toReceipt(answer.value.value);
  }
}
