import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Clock } from '#libs/kernel';
import { Database, DatabaseClock } from '#libs/platform';
import { AgreementsModule, AgreementsService } from './agreements/index.js';
import { DigestsModule, DigestsService } from './audit/index.js';
import { OutagesModule, OutagesService } from './changes/index.js';
import { ConsentsModule, ConsentsService } from './consents/index.js';
import { CredentialsModule, CredentialsService } from './credentials/index.js';
import { HoldersModule, HoldersService } from './holders/index.js';
import { InstitutionsModule, InstitutionsService } from './institutions/index.js';
import { LinksModule, ProtectiveHoldsService } from './links/index.js';
import { MattersModule, MattersService } from './matters/index.js';
import { LettersService, ProceduresModule, ReviewMatter, ReviewSteps } from './measures/index.js';
import { BANK_CONFIG, type BankConfig } from './platform/config.js';
import { PasswordHasher } from './platform/password-hasher.js';
import { CLOCK } from './platform/platform.module.js';
import { RecordsModule } from './records/index.js';
import { ProposalDesk, StaffModule, StaffService } from './staff/index.js';
import { RiskSignals, RiskSignalsModule } from './transfers/index.js';

/** What the pages need and a command does not: reading it here is a bug. */
type CommandConfig = Pick<BankConfig, 'databaseUrl' | 'keyEncryptionKey' | 'documentKey'>;

export interface StaffDeskOptions {
  readonly databaseUrl: string;
  /** Signs letters; a desk that sends none needs none. */
  readonly documentKey?: string;
  /** Bank time, unless a campaign has to go through days in a moment. */
  readonly clock?: Clock;
}

@Module({})
class CommandPlatformModule {
  static on({ databaseUrl, documentKey = '', clock }: StaffDeskOptions): DynamicModule {
    const config: CommandConfig = {
      databaseUrl,
      documentKey,
      keyEncryptionKey: Buffer.alloc(0),
    };
    return {
      module: CommandPlatformModule,
      global: true,
      providers: [
        { provide: BANK_CONFIG, useValue: config },
        {
          provide: Database,
          useFactory: () =>
            new Database({
              url: databaseUrl,
              connectionsMax: 4,
              applicationName: 'bank-core staff',
            }),
        },
        {
          provide: CLOCK,
          inject: [Database],
          useFactory: (database: Database) => clock ?? new DatabaseClock(database),
        },
        PasswordHasher,
      ],
      exports: [BANK_CONFIG, Database, CLOCK, PasswordHasher],
    };
  }
}

@Module({})
class StaffDeskModule {
  static on(options: StaffDeskOptions): DynamicModule {
    return {
      module: StaffDeskModule,
      imports: [
        CommandPlatformModule.on(options),
        RecordsModule,
        StaffModule,
        InstitutionsModule,
        AgreementsModule,
        HoldersModule,
        CredentialsModule,
        LinksModule,
        ConsentsModule,
        RiskSignalsModule,
        OutagesModule,
        MattersModule,
        ProceduresModule,
        DigestsModule,
      ],
    };
  }
}

/** The same services that the server runs, for officers at a terminal; only the HTTP side is missing. */
export interface StaffDesk {
  readonly database: Database;
  readonly clock: Clock;
  readonly staff: StaffService;
  readonly proposals: ProposalDesk;
  readonly institutions: InstitutionsService;
  readonly agreements: AgreementsService;
  readonly holders: HoldersService;
  readonly credentials: CredentialsService;
  readonly holds: ProtectiveHoldsService;
  readonly consents: ConsentsService;
  readonly signals: RiskSignals;
  readonly outages: OutagesService;
  readonly matters: MattersService;
  readonly review: ReviewMatter;
  readonly reviewSteps: ReviewSteps;
  readonly letters: LettersService;
  readonly digests: DigestsService;
  close(): Promise<void>;
}

/** Opens the desk on bank-core's database, with the rights of its server role and no others. */
export async function openStaffDesk(options: StaffDeskOptions): Promise<StaffDesk> {
  const context: INestApplicationContext = await NestFactory.createApplicationContext(
    StaffDeskModule.on(options),
    { logger: ['error'], abortOnError: false },
  );
  const database = context.get(Database, { strict: false });
  return {
    database,
    clock: context.get<Clock>(CLOCK, { strict: false }),
    staff: context.get(StaffService, { strict: false }),
    proposals: context.get(ProposalDesk, { strict: false }),
    institutions: context.get(InstitutionsService, { strict: false }),
    agreements: context.get(AgreementsService, { strict: false }),
    holders: context.get(HoldersService, { strict: false }),
    credentials: context.get(CredentialsService, { strict: false }),
    holds: context.get(ProtectiveHoldsService, { strict: false }),
    consents: context.get(ConsentsService, { strict: false }),
    signals: context.get(RiskSignals, { strict: false }),
    outages: context.get(OutagesService, { strict: false }),
    matters: context.get(MattersService, { strict: false }),
    review: context.get(ReviewMatter, { strict: false }),
    reviewSteps: context.get(ReviewSteps, { strict: false }),
    letters: context.get(LettersService, { strict: false }),
    digests: context.get(DigestsService, { strict: false }),
    async close() {
      await context.close();
      await database.close();
    },
  };
}
