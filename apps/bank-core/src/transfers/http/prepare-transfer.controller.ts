import { Body, Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { platformProblem, problemOf } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import { transferSentences } from '../transfer-sentences.js';
import { TransfersService } from '../transfers.service.js';
import { transferToWire } from './transfer-to-wire.js';
import { PrepareTransferDto, TransferDto } from './transfer.dto.js';
import { transferStatuses } from './transfer.problems.js';

/** The push of a transfer: stored from here on, readable by its instruction id, debiting nothing. */
@ApiTags('transfers')
@Controller(`${INTERNAL}/institutions/:bankCode/transfers`)
export class PrepareTransferController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(TransfersService) private readonly transfers: TransfersService,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'prepareTransfer', summary: '振込・振替依頼の受付' })
  @ApiCreatedResponse({ type: TransferDto, description: 'Received.' })
  @ApiOkResponse({ type: TransferDto, description: 'Received before with the same content.' })
  async prepare(
    @Param('bankCode') bankCode: string,
    @Body() body: PrepareTransferDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferDto> {
    const { clientId, epspId, chainPartnerId, interactionId } = internalCaller(request);
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution) throw platformProblem('not_found');
    const result = await this.transfers.prepare({
      institutionId: institution.id,
      clientId,
      epspId,
      chainPartnerId,
      interactionId,
      instructionId: body.instructionId,
      debitAccount: body.debitAccount,
      creditor: body.creditor,
      amountYen: body.amountYen,
      requestedDate: body.requestedDate,
      ediText: body.ediText,
    });
    if (!result.ok) throw problemOf(result.refusal, transferStatuses, transferSentences);
    void reply.status(result.value.isNew ? 201 : 200);
    return transferToWire(result.value);
  }
}
