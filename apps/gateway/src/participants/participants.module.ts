import { Module } from '@nestjs/common';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { ClientsModule } from '../clients/index.js';
import { GetStandingController } from './http/get-standing.controller.js';
import { OwnCaseActsController } from './http/cases/own-case-acts.controller.js';
import { OwnCasesController } from './http/cases/own-cases.controller.js';
import { OwnDemandsController } from './http/linkage/own-demands.controller.js';
import { OwnDutiesController } from './http/linkage/own-duties.controller.js';
import { OwnLettersController } from './http/linkage/own-letters.controller.js';
import { OwnStopRequestsController } from './http/linkage/own-stop-requests.controller.js';
import { OwnApplicationsController } from './http/own-applications.controller.js';
import { OwnParticipantController } from './http/own-participant.controller.js';
import { OwnPartnersController } from './http/own-partners.controller.js';
import { RegisterController } from './http/register.controller.js';
import { ParticipantsService } from './participants.service.js';

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
    OwnLettersController,
    OwnCasesController,
    OwnCaseActsController,
    RegisterController,
  ],
  providers: [ParticipantsService],
})
export class ParticipantsModule {}
