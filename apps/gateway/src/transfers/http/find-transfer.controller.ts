import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { maySeeTransfer } from '../domain/may-see-transfer.js';
import { toldTransfer } from './told-transfer.js';
import { TransferDto, TransferQuery } from './transfer.dto.js';

@ApiTags('transfers')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@Controller('v1/banks/:bankCode/transfers')
export class FindTransferController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'status' })
  @Documented({
    id: 'findTransfer',
    ja: 'instruction_id による振込の状態',
    en: 'State of a transfer by instruction id, from the moment of the push',
  })
  @ApiOkResponse({ type: TransferDto })
  async find(
    @CurrentAccess() access: Access,
    @Query() { instructionId }: TransferQuery,
    @Req() { raw }: FastifyRequest,
  ): Promise<TransferDto> {
    const { caller, bankCode, grant } = access;
    const answer = await this.bank.transferByInstruction(caller, bankCode, instructionId);
    if (!answer.ok) throw coreProblem(answer.refusal);
    if (!maySeeTransfer(grant, answer.value.transferId)) throw platformProblem('not_found');
    return toldTransfer(raw, access, answer.value);
  }
}
