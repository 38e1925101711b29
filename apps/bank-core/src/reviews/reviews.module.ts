import { Module } from '@nestjs/common';
import { FILE_ROUTES, FileBodies } from '#libs/platform';
import { INTERNAL } from '../platform/internal-caller.js';
import { AgreementsModule } from '../agreements/index.js';
import { CasesModule } from '../cases/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { MeasuresModule } from '../measures/index.js';
import { RecordsModule } from '../records/index.js';
import { STAFF, StaffModule } from '../staff/index.js';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import { AnswerTables } from './answer-tables.service.js';
import { Acceptances } from './acceptances.js';
import { AssessmentsService } from './assessments.service.js';
import { EraseEvidence } from './erase-evidence.job.js';
import { EvidenceRelease } from './evidence-release.js';
import { ClamdScanner, EVIDENCE_SCANNER, type EvidenceScanner } from './evidence-scanner.js';
import { ScanEvidence } from './scan-evidence.job.js';
import { EvidenceUses } from './evidence-uses.service.js';
import { StandardPublication } from './standard-publication.js';
import { TemplatesService } from './templates.service.js';
import { EvidenceService } from './evidence.service.js';
import { FilingsService } from './filings.service.js';
import { OwnAnswersController } from './http/own/own-answers.controller.js';
import { OwnEvidenceController } from './http/own/own-evidence.controller.js';
import { OwnPartnerFilesController } from './http/own/own-partner-files.controller.js';
import { OwnReviewsController } from './http/own/own-reviews.controller.js';
import { OwnSubmissionsController } from './http/own/own-submissions.controller.js';
import { EvidenceController } from './http/staff/evidence.controller.js';
import { PartnerFilesController } from './http/staff/partner-files.controller.js';
import { StandardsController } from './http/staff/standards.controller.js';
import { SubmissionsController } from './http/staff/submissions.controller.js';
import { TemplatesController } from './http/staff/templates.controller.js';
import { PartnerFiles } from './partner-files.service.js';
import { ReviewDesk } from './review-desk.js';
import { StandardsService } from './standards.service.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';
import { FilingStore } from './storage/filing.store.pg.js';
import { RetentionStore } from './storage/retention.store.pg.js';
import { StandardStore } from './storage/standard.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';
import { TemplateStore } from './storage/template.store.pg.js';
import { SubmissionsService } from './submissions.service.js';

/** Everywhere else a file is refused as before (T-31). */
const TAKE_FILES = [
  `/${INTERNAL}/participants/self/security/evidence`,
  `/${INTERNAL}/participants/self/security/submissions/:submissionId/answers`,
  `/${STAFF}/checklist-templates`,
];

@Module({
  imports: [
    RecordsModule,
    StaffModule,
    InstitutionsModule,
    AgreementsModule,
    MeasuresModule,
    CasesModule,
  ],
  controllers: [
    OwnReviewsController,
    OwnSubmissionsController,
    OwnAnswersController,
    OwnEvidenceController,
    OwnPartnerFilesController,
    TemplatesController,
    StandardsController,
    SubmissionsController,
    EvidenceController,
    PartnerFilesController,
  ],
  providers: [
    TemplateStore,
    StandardStore,
    SubmissionStore,
    FilingStore,
    EvidenceStore,
    RetentionStore,
    EvidenceUses,
    PartnerFiles,
    EraseEvidence,
    { provide: FILE_ROUTES, useValue: TAKE_FILES },
    FileBodies,
    ReviewDesk,
    StandardsService,
    SubmissionsService,
    AnswerTables,
    FilingsService,
    EvidenceService,
    {
      provide: EVIDENCE_SCANNER,
      inject: [BANK_CONFIG],
      useFactory: ({ evidenceScanner }: BankConfig): EvidenceScanner | undefined =>
        evidenceScanner && new ClamdScanner(evidenceScanner),
    },
    ScanEvidence,
    EvidenceRelease,
    TemplatesService,
    StandardPublication,
    AssessmentsService,
    Acceptances,
  ],
})
export class ReviewsModule {}
