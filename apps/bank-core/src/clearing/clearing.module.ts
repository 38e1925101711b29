import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { ClearingService } from './clearing.service.js';
import { DeliverOutbox } from './deliver-outbox.job.js';
import { HouseInterbank } from './house-interbank.js';

@Module({
  imports: [RecordsModule, InstitutionsModule, AccountsModule],
  providers: [ClearingService, HouseInterbank, DeliverOutbox],
  exports: [ClearingService],
})
export class ClearingModule {}
