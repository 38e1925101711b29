import { Module } from '@nestjs/common';
import { RecordsModule } from '../records/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { AgreementsService } from './agreements.service.js';
import { GetCatalogueController } from './http/get-catalogue.controller.js';
import { GetNoticesController } from './http/get-notices.controller.js';
import { GetParticipantController } from './http/get-participant.controller.js';
import { OwnPartnersController } from './http/own-partners.controller.js';
import { ParticipantsService } from './participants.service.js';
import { AgreementStore } from './storage/agreement.store.pg.js';

@Module({
  imports: [RecordsModule, InstitutionsModule],
  controllers: [
    GetCatalogueController,
    GetParticipantController,
    OwnPartnersController,
    GetNoticesController,
  ],
  providers: [AgreementStore, AgreementsService, ParticipantsService],
  exports: [AgreementsService],
})
export class AgreementsModule {}
