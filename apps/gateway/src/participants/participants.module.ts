import { Module } from '@nestjs/common';
import { FILE_ROUTES, FileBodies } from '#libs/platform';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { ClientsModule } from '../clients/index.js';
import { GetStandingController } from './http/get-standing.controller.js';
import { CountCalls } from './count-calls.job.js';
import { OwnCaseActsController } from './http/cases/own-case-acts.controller.js';
import { OwnCasesController } from './http/cases/own-cases.controller.js';
import { OwnIncidentsController } from './http/incidents/own-incidents.controller.js';
import { OwnDemandsController } from './http/linkage/own-demands.controller.js';
import { OwnClosedDemandsController } from './http/linkage/own-closed-demands.controller.js';
import { OwnDutiesController } from './http/linkage/own-duties.controller.js';
import { OwnLettersController } from './http/linkage/own-letters.controller.js';
import { OwnNoticesController } from './http/linkage/own-notices.controller.js';
import { OwnStopRequestsController } from './http/linkage/own-stop-requests.controller.js';
import { OwnAgreementsController } from './http/agreements/own-agreements.controller.js';
import { OwnOnboardingsController } from './http/agreements/own-onboardings.controller.js';
import { OwnApplicationsController } from './http/own-applications.controller.js';
import { OwnParticipantController } from './http/own-participant.controller.js';
import { OwnPartnersController } from './http/own-partners.controller.js';
import { PartnerDocumentsController } from './http/partners/partner-documents.controller.js';
import { PartnerReportsController } from './http/partners/partner-reports.controller.js';
import { ANSWERS_PATH, OwnAnswersController } from './http/security/own-answers.controller.js';
import { OwnChecklistsController } from './http/security/own-checklists.controller.js';
import { EVIDENCE_PATH, OwnEvidenceController } from './http/security/own-evidence.controller.js';
import { OwnReviewsController } from './http/security/own-reviews.controller.js';
import { GetMetricsController } from './http/metrics/get-metrics.controller.js';
import { RegisterController } from './http/register.controller.js';
import { OwnMetricsService } from './own-metrics.service.js';
import { ParticipantsService } from './participants.service.js';
import { SweepCounts } from './sweep-counts.job.js';
import { CallCountStore } from './storage/call-count.store.pg.js';

@Module({
  imports: [BankModule, ClientsModule, AuthorizationModule],
  controllers: [
    OwnParticipantController,
    GetStandingController,
    OwnApplicationsController,
    OwnPartnersController,
    OwnDutiesController,
    OwnDemandsController,
    OwnStopRequestsController,
    OwnClosedDemandsController,
    OwnNoticesController,
    OwnLettersController,
    OwnCasesController,
    OwnCaseActsController,
    OwnIncidentsController,
    OwnAgreementsController,
    OwnOnboardingsController,
    PartnerReportsController,
    PartnerDocumentsController,
    OwnReviewsController,
    OwnChecklistsController,
    OwnAnswersController,
    OwnEvidenceController,
    GetMetricsController,
    RegisterController,
  ],
  providers: [
    ParticipantsService,
    CallCountStore,
    CountCalls,
    SweepCounts,
    OwnMetricsService,
    FileBodies,
    { provide: FILE_ROUTES, useValue: [`/${EVIDENCE_PATH}`, `/${ANSWERS_PATH}`] },
  ],
})
export class ParticipantsModule {}
