import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { MattersModule } from '../matters/index.js';
import { RecordsModule } from '../records/index.js';
import { StreamLinksController } from './http/stream-links.controller.js';
import { LinkMatter } from './link-matter.js';
import { LinkFeed } from './link-feed.js';
import { LinksService } from './links.service.js';
import { ProtectiveHoldsService } from './protective-holds.service.js';
import { LinkWake } from './storage/link-wake.js';

@Module({
  imports: [AgreementsModule, InstitutionsModule, MattersModule, RecordsModule],
  controllers: [StreamLinksController],
  providers: [LinkFeed, LinkMatter, LinksService, LinkWake, ProtectiveHoldsService],
  exports: [LinksService, ProtectiveHoldsService],
})
export class LinksModule {}
