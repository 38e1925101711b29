import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { InstitutionsService } from '../../institutions/index.js';
import { INTERNAL, internalCaller } from '../../platform/internal-caller.js';
import type { TransferView } from '../domain/transfer.js';
import { TransfersService } from '../transfers.service.js';
import { transferToWire } from './transfer-to-wire.js';
import { FindTransferQuery, TransferDto } from './transfer.dto.js';

/** The status, whatever became of the browser. Another client's transfer is unknown. */
@ApiTags('transfers')
@Controller(`${INTERNAL}/institutions/:bankCode/transfers`)
export class GetTransferController {
  constructor(
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(TransfersService) private readonly transfers: TransfersService,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'findTransfer', summary: '指図番号による状態照会' })
  @ApiOkResponse({ type: TransferDto })
  async find(
    @Param('bankCode') bankCode: string,
    @Query() query: FindTransferQuery,
    @Req() request: FastifyRequest,
  ): Promise<TransferDto> {
    const { clientId } = internalCaller(request);
    const institutionId = await this.institutionId(bankCode);
    const { instructionId } = query;
    return shown(await this.transfers.byInstructionId(institutionId, clientId, instructionId));
  }

  @Get(':transferId')
  @ApiOperation({ operationId: 'getTransfer', summary: '依頼番号による状態照会' })
  @ApiOkResponse({ type: TransferDto })
  async get(
    @Param('bankCode') bankCode: string,
    @Param('transferId') transferId: string,
    @Req() request: FastifyRequest,
  ): Promise<TransferDto> {
    const { clientId } = internalCaller(request);
    const institutionId = await this.institutionId(bankCode);
    if (!isId('trf', transferId)) throw platformProblem('not_found');
    return shown(await this.transfers.byId(institutionId, clientId, transferId));
  }

  private async institutionId(bankCode: string): Promise<number> {
    const institution = await this.institutions.byBankCode(bankCode);
    if (!institution) throw platformProblem('not_found');
    return institution.id;
  }
}

function shown(view: TransferView | undefined): TransferDto {
  if (!view) throw platformProblem('not_found');
  return transferToWire(view);
}
