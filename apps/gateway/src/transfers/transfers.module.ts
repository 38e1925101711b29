import { Module } from '@nestjs/common';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { FindTransferController } from './http/find-transfer.controller.js';
import { GetTransferController } from './http/get-transfer.controller.js';
import { QuoteTransferController } from './http/quote-transfer.controller.js';

@Module({
  imports: [BankModule, AuthorizationModule],
  controllers: [FindTransferController, GetTransferController, QuoteTransferController],
})
export class TransfersModule {}
