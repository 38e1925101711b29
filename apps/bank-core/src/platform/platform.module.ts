import { Global, Module, type OnApplicationShutdown, Inject } from '@nestjs/common';
import { Database, DatabaseClock } from '#libs/platform';
import { BANK_CONFIG, readBankConfig, type BankConfig } from './config.js';
import { Jobs } from './jobs.js';
import { PasswordHasher } from './password-hasher.js';

export const CLOCK = Symbol('Clock');

/** Plumbing that every room may use: configuration, the bank's database, bank time. It knows no room. */
@Global()
@Module({
  providers: [
    { provide: BANK_CONFIG, useFactory: () => readBankConfig() },
    {
      provide: Database,
      inject: [BANK_CONFIG],
      useFactory: (config: BankConfig) =>
        new Database({ url: config.databaseUrl, connectionsMax: 20, applicationName: 'bank-core' }),
    },
    Jobs,
    { provide: CLOCK, inject: [Database], useFactory: (db: Database) => new DatabaseClock(db) },
    PasswordHasher,
  ],
  exports: [BANK_CONFIG, Database, Jobs, CLOCK, PasswordHasher],
})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
