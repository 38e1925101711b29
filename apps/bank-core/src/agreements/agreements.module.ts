import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { AgreementEndings } from './agreement-endings.js';
import { AgreementFilesService } from './agreement-files.service.js';
import { AgreementVersions } from './agreement-versions.js';
import { AgreementsService } from './agreements.service.js';
import { ApplicationsService } from './applications.service.js';
import { ChainPort } from './chain-port.js';
import { Connections } from './connections.js';
import { CoverageChanges } from './coverage-changes.js';
import { FederationDesk } from './federation-desk.js';
import { GetCatalogueController } from './http/get-catalogue.controller.js';
import { GetNoticesController } from './http/get-notices.controller.js';
import { GetParticipantController } from './http/get-participant.controller.js';
import { OwnPartnersController } from './http/own-partners.controller.js';
import { OwnAgreementsController } from './http/own/own-agreements.controller.js';
import { OwnApplicationsController } from './http/own/own-applications.controller.js';
import { OwnPartnerActsController } from './http/own/own-partner-acts.controller.js';
import { GetAgreementController } from './http/public/get-agreement.controller.js';
import { AgreementWatchController } from './http/staff/agreement-watch.controller.js';
import { StaffAgreementsController } from './http/staff/staff-agreements.controller.js';
import { StaffApplicationsController } from './http/staff/staff-applications.controller.js';
import { StaffIntermediariesController } from './http/staff/staff-intermediaries.controller.js';
import { StaffPartnersController } from './http/staff/staff-partners.controller.js';
import { IntermediaryStandings } from './intermediary-standings.js';
import { ParticipantsService } from './participants.service.js';
import { PartnerActsService } from './partner-acts.service.js';
import { PartnerContracts } from './partner-contracts.js';
import { RegisterService } from './register.service.js';
import { AgreementStore } from './storage/agreement.store.pg.js';
import { AgreementWatchService } from './watch.service.js';

@Module({
  imports: [RecordsModule, StaffModule, InstitutionsModule, DocumentsModule],
  controllers: [
    GetCatalogueController,
    GetParticipantController,
    OwnPartnersController,
    OwnPartnerActsController,
    OwnAgreementsController,
    OwnApplicationsController,
    GetNoticesController,
    GetAgreementController,
    StaffAgreementsController,
    StaffIntermediariesController,
    StaffPartnersController,
    StaffApplicationsController,
    AgreementWatchController,
  ],
  providers: [
    AgreementStore,
    FederationDesk,
    ChainPort,
    Connections,
    AgreementsService,
    AgreementFilesService,
    AgreementVersions,
    AgreementEndings,
    CoverageChanges,
    IntermediaryStandings,
    RegisterService,
    ParticipantsService,
    PartnerActsService,
    PartnerContracts,
    ApplicationsService,
    AgreementWatchService,
  ],
  exports: [
    AgreementsService,
    PartnerActsService,
    RegisterService,
    ChainPort,
    Connections,
    FederationDesk,
  ],
})
export class AgreementsModule {}
