import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LinksModule } from '../links/index.js';
import { NoticesModule } from '../notices/index.js';
import { RecordsModule } from '../records/index.js';
import { ChangeConsents } from './change-consents.js';
import { ConsentFeed } from './consent-feed.js';
import { ConsentNotices } from './consent-notices.js';
import { ConsentsService } from './consents.service.js';
import { ExpireConsentsJob } from './expire-consents.job.js';
import { FollowAvailability } from './follow-availability.js';
import { ReadConsentsController } from './http/read-consents.controller.js';
import { RevokeConsentController } from './http/revoke-consent.controller.js';
import { StreamConsentsController } from './http/stream-consents.controller.js';
import { MakeConsents } from './make-consents.js';
import { RecordChanges } from './record-changes.js';
import { ConsentWake } from './storage/consent-wake.js';
import { TrafficCheck } from './traffic-check.js';

@Module({
  imports: [
    RecordsModule,
    InstitutionsModule,
    AgreementsModule,
    HoldersModule,
    LinksModule,
    NoticesModule,
  ],
  controllers: [StreamConsentsController, RevokeConsentController, ReadConsentsController],
  providers: [
    TrafficCheck,
    MakeConsents,
    ChangeConsents,
    ConsentNotices,
    FollowAvailability,
    RecordChanges,
    ConsentWake,
    ConsentFeed,
    ExpireConsentsJob,
    ConsentsService,
  ],
  exports: [ConsentsService, ConsentNotices, RecordChanges],
})
export class ConsentsModule {}
