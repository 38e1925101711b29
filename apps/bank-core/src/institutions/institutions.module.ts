import { Module } from '@nestjs/common';
import { InstitutionsService } from './institutions.service.js';
import { InstitutionStore } from './storage/institution.store.pg.js';
import { ZenginDirectory } from './storage/zengin-directory.js';

@Module({
  providers: [InstitutionStore, InstitutionsService, ZenginDirectory],
  exports: [InstitutionsService, ZenginDirectory],
})
export class InstitutionsModule {}
