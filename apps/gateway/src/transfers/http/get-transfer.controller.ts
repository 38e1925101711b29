import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { isId } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import { CurrentAccess, Guarded, type Access } from '../../authorization/index.js';
import { BankService, coreProblem } from '../../bank/index.js';
import { Documented } from '../../platform/http/documented.js';
import { maySeeTransfer } from '../domain/may-see-transfer.js';
import { toldTransfer } from './told-transfer.js';
import { TransferDto } from './transfer.dto.js';

@ApiTags('transfers')
@ApiParam({ name: 'bankCode', schema: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 } })
@ApiParam({
  name: 'transferId',
  schema: { type: 'string', pattern: '^trf_[0-9a-z]{26}$', maxLength: 30 },
})
@Controller('v1/banks/:bankCode/transfers/:transferId')
export class GetTransferController {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  @Get()
  @Guarded({ kind: 'status' })
  @Documented({ id: 'getTransfer', ja: '振込の状態', en: 'State of one transfer' })
  @ApiOkResponse({ type: TransferDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('transferId') transferId: string,
    @Req() { raw }: FastifyRequest,
  ): Promise<TransferDto> {
    const { caller, bankCode, grant } = access;
    // What cannot exist and what may not be seen are answered alike, before anybody is asked.
    if (!isId('trf', transferId) || !maySeeTransfer(grant, transferId))
      throw platformProblem('not_found');
    const answer = await this.bank.transferById(caller, bankCode, transferId);
    if (!answer.ok) throw coreProblem(answer.refusal);
    return toldTransfer(raw, access, answer.value);
  }
}
