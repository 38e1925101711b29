import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { LinksService } from './links.service.js';
import { ProtectiveHoldsService } from './protective-holds.service.js';

@Module({
  imports: [AgreementsModule, InstitutionsModule, RecordsModule],
  providers: [LinksService, ProtectiveHoldsService],
  exports: [LinksService, ProtectiveHoldsService],
})
export class LinksModule {}
