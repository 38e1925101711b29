import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { OwnIncidentsController } from './http/own/own-incidents.controller.js';
import { IncidentsController } from './http/staff/incidents.controller.js';
import { IncidentBook } from './incident-book.js';
import { IncidentsService } from './incidents.service.js';
import { OwnIncidents } from './own-incidents.service.js';
import { IncidentStore } from './storage/incident.store.pg.js';

@Module({
  imports: [RecordsModule, StaffModule, InstitutionsModule, AgreementsModule],
  controllers: [OwnIncidentsController, IncidentsController],
  providers: [IncidentStore, IncidentBook, IncidentsService, OwnIncidents],
  exports: [IncidentsService],
})
export class IncidentsModule {}
