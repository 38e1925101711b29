import { Module } from '@nestjs/common';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { FindTransferController } from './http/find-transfer.controller.js';
import { GetTransferController } from './http/get-transfer.controller.js';
import { QuoteTransferController } from './http/quote-transfer.controller.js';
import { ReconcileController } from './http/reconcile.controller.js';
import { ReportRiskSignalsController } from './http/report-risk-signals.controller.js';

@Module({
  imports: [BankModule, AuthorizationModule],
  controllers: [
    FindTransferController,
    GetTransferController,
    QuoteTransferController,
    ReconcileController,
    ReportRiskSignalsController,
  ],
})
export class TransfersModule {}
