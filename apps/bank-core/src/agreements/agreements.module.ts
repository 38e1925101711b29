import { Module } from '@nestjs/common';
import { RecordsModule } from '../records/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { StaffModule } from '../staff/index.js';
import { AgreementsService } from './agreements.service.js';
import { ChainPort } from './chain-port.js';
import { FederationDesk } from './federation-desk.js';
import { GetCatalogueController } from './http/get-catalogue.controller.js';
import { GetNoticesController } from './http/get-notices.controller.js';
import { GetParticipantController } from './http/get-participant.controller.js';
import { OwnPartnersController } from './http/own-partners.controller.js';
import { OwnPartnerActsController } from './http/own/own-partner-acts.controller.js';
import { PartnerActsService } from './partner-acts.service.js';
import { ParticipantsService } from './participants.service.js';
import { AgreementStore } from './storage/agreement.store.pg.js';

@Module({
  imports: [RecordsModule, StaffModule, InstitutionsModule],
  controllers: [
    GetCatalogueController,
    GetParticipantController,
    OwnPartnersController,
    OwnPartnerActsController,
    GetNoticesController,
  ],
  providers: [
    AgreementStore,
    FederationDesk,
    ChainPort,
    AgreementsService,
    ParticipantsService,
    PartnerActsService,
  ],
  exports: [AgreementsService, PartnerActsService, ChainPort],
})
export class AgreementsModule {}
