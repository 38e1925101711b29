import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ClearingModule } from '../clearing/index.js';
import { ConsentsModule } from '../consents/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LimitsModule } from '../limits/index.js';
import { RecordsModule } from '../records/index.js';
import { ConfirmTransferByHolder } from './confirm-transfer.js';
import { ExpireDrafts } from './expire-drafts.job.js';
import { GetTransferController } from './http/get-transfer.controller.js';
import { PrepareTransferController } from './http/prepare-transfer.controller.js';
import { OfferTransferOnPage } from './offer-transfer.js';
import { PrepareTransferAtPush } from './prepare-transfer.js';
import { TransferPlanner } from './transfer-planner.js';
import { TransfersService } from './transfers.service.js';

@Module({
  imports: [
    RecordsModule,
    InstitutionsModule,
    AccountsModule,
    HoldersModule,
    ClearingModule,
    CredentialsModule,
    LimitsModule,
    ConsentsModule,
  ],
  controllers: [PrepareTransferController, GetTransferController],
  providers: [
    TransfersService,
    TransferPlanner,
    PrepareTransferAtPush,
    OfferTransferOnPage,
    ConfirmTransferByHolder,
    ExpireDrafts,
  ],
  exports: [TransfersService],
})
export class TransfersModule {}
