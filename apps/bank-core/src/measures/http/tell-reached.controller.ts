import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { INTERNAL } from '../../platform/internal-caller.js';
import { BankCodes } from '../../staff/index.js';
import { PropagationService } from '../propagation.service.js';
import { ReachedDto } from './watch.dto.js';

/** A node of the gateway tells that it judges by a link version: the record of how a measure spread. */
@ApiTags('links')
@Controller(`${INTERNAL}/links/reached`)
export class TellReachedController {
  constructor(
    @Inject(PropagationService) private readonly propagation: PropagationService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({ operationId: 'tellReached', summary: '連携状態の版の反映' })
  @ApiNoContentResponse()
  async tell(@Body() { node, bankCode, version }: ReachedDto): Promise<void> {
    await this.propagation.reached(await this.codes.idOf(bankCode), node, BigInt(version));
  }
}
