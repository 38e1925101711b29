import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { MattersModule } from '../matters/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { HoldAdoption } from './hold-adoption.js';
import { StreamLinksController } from './http/stream-links.controller.js';
import { HoldMatter } from './hold-matter.js';
import { LinkMatter } from './link-matter.js';
import { LinkFeed } from './link-feed.js';
import { LinksService } from './links.service.js';
import { ProtectiveHoldsService } from './protective-holds.service.js';
import { LinkWake } from './storage/link-wake.js';

@Module({
  imports: [AgreementsModule, InstitutionsModule, MattersModule, RecordsModule, StaffModule],
  controllers: [StreamLinksController],
  providers: [
    LinkFeed,
    LinkMatter,
    HoldMatter,
    HoldAdoption,
    LinksService,
    LinkWake,
    ProtectiveHoldsService,
  ],
  exports: [LinksService, HoldMatter, HoldAdoption, ProtectiveHoldsService],
})
export class LinksModule {}
