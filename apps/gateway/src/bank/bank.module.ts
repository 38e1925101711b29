import { Module } from '@nestjs/common';
import { BankService } from './bank.service.js';
import { Catalogue } from './catalogue.js';
import { ConsentFeed } from './consent-feed.js';
import { LinkWatch } from './link-watch.js';
import { OwnAffairs } from './own-affairs.js';

@Module({
  providers: [BankService, LinkWatch, ConsentFeed, Catalogue, OwnAffairs],
  exports: [BankService, LinkWatch, ConsentFeed, Catalogue, OwnAffairs],
})
export class BankModule {}
