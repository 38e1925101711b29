import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LinksModule } from '../links/index.js';
import { RecordsModule } from '../records/index.js';
import { ConsentsService } from './consents.service.js';
import { TrafficCheck } from './traffic-check.js';

@Module({
  imports: [
    RecordsModule,
    InstitutionsModule,
    AgreementsModule,
    HoldersModule,
    CredentialsModule,
    LinksModule,
  ],
  providers: [TrafficCheck, ConsentsService],
  exports: [ConsentsService],
})
export class ConsentsModule {}
