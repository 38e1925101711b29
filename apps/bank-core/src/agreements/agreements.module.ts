import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { AgreementsService } from './agreements.service.js';
import { GetCatalogueController } from './http/get-catalogue.controller.js';
import { AgreementStore } from './storage/agreement.store.pg.js';

@Module({
  imports: [InstitutionsModule],
  controllers: [GetCatalogueController],
  providers: [AgreementStore, AgreementsService],
  exports: [AgreementsService],
})
export class AgreementsModule {}
