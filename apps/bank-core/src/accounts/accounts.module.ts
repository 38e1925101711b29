import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '#libs/platform';
import { InstitutionsModule } from '../institutions/index.js';
import { AccountsService } from './accounts.service.js';
import { LEDGER_CONNECTIONS, LedgerWriter } from './ledger-writer.js';

@Module({
  imports: [InstitutionsModule],
  providers: [
    AccountsService,
    {
      provide: LedgerWriter,
      inject: [Database],
      useFactory: (database: Database) => new LedgerWriter(database.reserve(LEDGER_CONNECTIONS)),
    },
  ],
  exports: [AccountsService],
})
export class AccountsModule implements OnApplicationShutdown {
  constructor(@Inject(LedgerWriter) private readonly writer: LedgerWriter) {}

  /** What waits is still decided; the connections are closed after this, with the database's. */
  async onApplicationShutdown(): Promise<void> {
    await this.writer.idle();
  }
}
