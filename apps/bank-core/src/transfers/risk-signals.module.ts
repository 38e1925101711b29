import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { ReportRiskSignalsController } from './http/report-risk-signals.controller.js';
import { RiskSignals } from './risk-signals.service.js';

/** Apart from the rest of the room, so that the desk of the staff needs no ledger to look at signals. */
@Module({
  imports: [InstitutionsModule, RecordsModule],
  controllers: [ReportRiskSignalsController],
  providers: [RiskSignals],
  exports: [RiskSignals],
})
export class RiskSignalsModule {}
