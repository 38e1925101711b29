import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#libs/platform';
import { InstitutionsModule } from '../institutions/index.js';
import { AccountsService } from './accounts.service.js';
import { ExpireHolds } from './expire-holds.js';
import { LEDGER_CONNECTIONS, LedgerWriter } from './ledger-writer.js';
import { PostScheduled } from './post-scheduled.js';
import { PostingBlocks } from './posting-blocks.js';
import { PostingRelay } from './posting-relay.js';

@Module({
  imports: [InstitutionsModule],
  providers: [
    AccountsService,
    PostingRelay,
    PostingBlocks,
    ExpireHolds,
    PostScheduled,
    {
      provide: LedgerWriter,
      inject: [Database],
      useFactory: (database: Database) => new LedgerWriter(database.reserve(LEDGER_CONNECTIONS)),
    },
  ],
  exports: [AccountsService, PostingRelay, PostingBlocks],
})
export class AccountsModule implements OnApplicationShutdown {
  constructor(@Inject(LedgerWriter) private readonly writer: LedgerWriter) {}

  /** What waits is still decided; the connections are closed after this, with the database's. */
  async onApplicationShutdown(): Promise<void> {
    await this.writer.idle();
  }
}
