import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { MeasuresModule } from '../measures/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { EvidenceService } from './evidence.service.js';
import { FilingsService } from './filings.service.js';
import { OwnEvidenceController } from './http/own/own-evidence.controller.js';
import { OwnReviewsController } from './http/own/own-reviews.controller.js';
import { OwnSubmissionsController } from './http/own/own-submissions.controller.js';
import { FileBodies } from './read-body.js';
import { ReviewDesk } from './review-desk.js';
import { StandardsService } from './standards.service.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';
import { FilingStore } from './storage/filing.store.pg.js';
import { StandardStore } from './storage/standard.store.pg.js';
import { SubmissionStore } from './storage/submission.store.pg.js';
import { TemplateStore } from './storage/template.store.pg.js';
import { SubmissionsService } from './submissions.service.js';

@Module({
  imports: [RecordsModule, StaffModule, InstitutionsModule, AgreementsModule, MeasuresModule],
  controllers: [OwnReviewsController, OwnSubmissionsController, OwnEvidenceController],
  providers: [
    TemplateStore,
    StandardStore,
    SubmissionStore,
    FilingStore,
    EvidenceStore,
    FileBodies,
    ReviewDesk,
    StandardsService,
    SubmissionsService,
    FilingsService,
    EvidenceService,
  ],
})
export class ReviewsModule {}
