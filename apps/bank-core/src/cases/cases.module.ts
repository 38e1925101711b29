import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AgreementsModule } from '../agreements/index.js';
import { ClearingModule } from '../clearing/index.js';
import { DocumentsModule } from '../documents/index.js';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { NoticesModule } from '../notices/index.js';
import { PapersModule } from '../papers/index.js';
import { ReadingsModule } from '../readings/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { AttributionFindings } from './attribution-findings.js';
import { CaseBook } from './case-book.service.js';
import { CaseDocuments } from './case-documents.service.js';
import { CaseNotices } from './case-notices.js';
import { CaseProbes } from './case-probes.js';
import { CaseTerms } from './case-terms.service.js';
import { CasesService } from './cases.service.js';
import { ClaimsService } from './claims.service.js';
import { CompensationAwards } from './compensation-awards.js';
import { EvidenceService } from './evidence.service.js';
import { HolderClaims } from './holder-claims.service.js';
import { CaseDoor } from './http/case-door.js';
import { CaseEventsController } from './http/case-events.controller.js';
import { CasesController } from './http/cases.controller.js';
import { ClaimsController } from './http/claims.controller.js';
import { HolderClaimsController } from './http/holder/holder-claims.controller.js';
import { MisuseDeskController } from './http/misuse-desk.controller.js';
import { OwnCasesController } from './http/own-cases.controller.js';
import { RecourseController } from './http/recourse.controller.js';
import { LapsedReturns } from './lapsed-returns.js';
import { MisuseReports } from './misuse-reports.service.js';
import { OwnCasesService } from './own-cases.service.js';
import { UnavoidableFindings } from './unavoidable-findings.js';

@Module({
  imports: [
    RecordsModule,
    StaffModule,
    DocumentsModule,
    InstitutionsModule,
    ReadingsModule,
    AccountsModule,
    HoldersModule,
    ClearingModule,
    PapersModule,
    AgreementsModule,
    NoticesModule,
  ],
  providers: [
    CaseBook,
    CaseTerms,
    CasesService,
    ClaimsService,
    EvidenceService,
    CaseDocuments,
    CaseProbes,
    AttributionFindings,
    UnavoidableFindings,
    CompensationAwards,
    LapsedReturns,
    OwnCasesService,
    CaseNotices,
    MisuseReports,
    HolderClaims,
    CaseDoor,
  ],
  controllers: [
    CasesController,
    CaseEventsController,
    RecourseController,
    ClaimsController,
    OwnCasesController,
    HolderClaimsController,
    MisuseDeskController,
  ],
  exports: [CasesService, ClaimsService],
})
export class CasesModule {}
