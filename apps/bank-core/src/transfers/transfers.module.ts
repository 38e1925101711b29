import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#libs/platform';
import { AccountsModule, LEDGER_CONNECTIONS } from '../accounts/index.js';
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
import { QuoteTransferController } from './http/quote-transfer.controller.js';
import { ReconcileController } from './http/reconcile.controller.js';
import { OfferTransferOnPage } from './offer-transfer.js';
import { PrepareTransferAtPush } from './prepare-transfer.js';
import { QuoteTransferBeforehand } from './quote-transfer.js';
import { ReconcileOwnTransfers } from './reconcile-transfers.js';
import { RiskSignalsModule } from './risk-signals.module.js';
import { TransferPlanner } from './transfer-planner.js';
import { TransferWriter } from './transfer-writer.js';
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
    RiskSignalsModule,
  ],
  controllers: [
    PrepareTransferController,
    GetTransferController,
    QuoteTransferController,
    ReconcileController,
  ],
  providers: [
    TransfersService,
    TransferPlanner,
    PrepareTransferAtPush,
    OfferTransferOnPage,
    ConfirmTransferByHolder,
    QuoteTransferBeforehand,
    ReconcileOwnTransfers,
    ExpireDrafts,
    {
      provide: TransferWriter,
      inject: [Database],
      useFactory: (database: Database) => new TransferWriter(database.reserve(LEDGER_CONNECTIONS)),
    },
  ],
  exports: [TransfersService],
})
export class TransfersModule implements OnApplicationShutdown {
  constructor(@Inject(TransferWriter) private readonly writer: TransferWriter) {}

  /** What waits is still fixed; the connections are closed after this, with the database's. */
  async onApplicationShutdown(): Promise<void> {
    await this.writer.idle();
  }
}
