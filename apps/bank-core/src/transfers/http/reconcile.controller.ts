import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CivilDate, instantToWire, yenToWire } from '#libs/kernel';
import { platformProblem, problemOf } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { ReconcileOwnTransfers } from '../reconcile-transfers.js';
import { transferSentences } from '../transfer-sentences.js';
import { transferStatuses } from './transfer.problems.js';

export class ReconciliationDto {
  @ApiProperty() bankCode: string;
  @ApiProperty({ example: '2026-11-22' }) businessDate: string;
  @ApiProperty({ type: 'integer' }) count: number;
  @ApiProperty({ example: '1234567' }) amountYen: string;
  @ApiProperty({ example: '880' }) feeYen: string;
  @ApiProperty({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256; see reconciliation.ts.' })
  hash: string;
  @ApiProperty() isFinal: boolean;
  @ApiProperty({ format: 'date-time' }) asOf: string;
}

@ApiTags('transfers')
@Controller(`${INTERNAL}/institutions/:bankCode/reconciliations/:businessDate`)
export class ReconcileController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(ReconcileOwnTransfers) private readonly reconciliations: ReconcileOwnTransfers,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'reconcileTransfers', summary: '日次突合' })
  @ApiOkResponse({ type: ReconciliationDto })
  async get(
    @Param('bankCode') bankCode: string,
    @Param('businessDate') businessDate: string,
    @Req() request: FastifyRequest,
  ): Promise<ReconciliationDto> {
    const { clientId } = internalCaller(request);
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution) throw platformProblem('not_found');
    const date = CivilDate.parse(businessDate);
    if (!date.ok) throw platformProblem('validation_failed');
    const result = await this.reconciliations.reconcile({
      institutionId: institution.id,
      clientId,
      businessDate: date.value,
    });
    if (!result.ok) throw problemOf(result.refusal, transferStatuses, transferSentences);
    const { amountYen, feeYen, asOf, ...rest } = result.value;
    return {
      ...rest,
      businessDate: rest.businessDate.toString(),
      amountYen: yenToWire(amountYen),
      feeYen: yenToWire(feeYen),
      asOf: instantToWire(asOf),
    };
  }
}
