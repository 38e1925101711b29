import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { AgreementJobsModule, AgreementsModule } from './agreements/index.js';
import { AuditModule } from './audit/index.js';
import { ApprovalsModule } from './approvals/index.js';
import { CasesModule } from './cases/index.js';
import { ChangesModule } from './changes/index.js';
import { ConsentJobsModule, ConsentsModule } from './consents/index.js';
import { CredentialsModule } from './credentials/index.js';
import { DocumentsModule } from './documents/index.js';
import { HoldersModule } from './holders/index.js';
import { IncidentsModule } from './incidents/index.js';
import { InquiryModule } from './inquiry/index.js';
import { InstitutionsModule } from './institutions/index.js';
import { LimitsModule } from './limits/index.js';
import { LinksModule } from './links/index.js';
import { MailModule } from './notices/index.js';
import { MattersModule } from './matters/index.js';
import { MeasuresModule } from './measures/index.js';
import { HealthController } from './platform/health.controller.js';
import { PapersModule } from './papers/index.js';
import { PlatformModule } from './platform/platform.module.js';
import { ReadingsModule } from './readings/index.js';
import { RecordsModule } from './records/index.js';
import { ReviewsModule } from './reviews/index.js';
import { StaffModule } from './staff/index.js';
import { TransfersModule } from './transfers/index.js';

/** bank-core: each room is one line. */
@Module({
  imports: [
    PlatformModule,
    RecordsModule,
    StaffModule,
    DocumentsModule,
    InstitutionsModule,
    ReadingsModule,
    MailModule,
    AccountsModule,
    AgreementsModule,
    AgreementJobsModule,
    IncidentsModule,
    HoldersModule,
    PapersModule,
    CredentialsModule,
    LinksModule,
    MattersModule,
    MeasuresModule,
    ReviewsModule,
    LimitsModule,
    ConsentsModule,
    ConsentJobsModule,
    TransfersModule,
    ApprovalsModule,
    InquiryModule,
    ChangesModule,
    CasesModule,
    AuditModule,
  ],
  controllers: [HealthController],
})
export class AppModule {}
