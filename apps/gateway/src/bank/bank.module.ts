import { Module } from '@nestjs/common';
import { BankService } from './bank.service.js';
import { Catalogue } from './catalogue.js';
import { ConsentFeed } from './consent-feed.js';
import { LinkWatch } from './link-watch.js';

@Module({
  providers: [BankService, LinkWatch, ConsentFeed, Catalogue],
  exports: [BankService, LinkWatch, ConsentFeed, Catalogue],
})
export class BankModule {}
