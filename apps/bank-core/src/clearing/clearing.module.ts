import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { BlockedReturns } from './blocked-returns.js';
import { ClearingService } from './clearing.service.js';
import { DeliverOutbox } from './deliver-outbox.job.js';
import { GiveBack } from './give-back.js';
import { HouseInterbank } from './house-interbank.js';
import { BlockedReturnsController } from './http/staff/blocked-returns.controller.js';
import { Settlements } from './settlements.js';

@Module({
  imports: [RecordsModule, StaffModule, InstitutionsModule, AccountsModule],
  controllers: [BlockedReturnsController],
  providers: [
    ClearingService,
    Settlements,
    GiveBack,
    BlockedReturns,
    HouseInterbank,
    DeliverOutbox,
  ],
  exports: [ClearingService],
})
export class ClearingModule {}
