import { Module } from '@nestjs/common';
import { BankService } from './bank.service.js';
import { Catalogue } from './catalogue.js';
import { ConsentFeed } from './consent-feed.js';
import { LinkReached } from './link-reached.js';
import { LinkWatch } from './link-watch.js';
import { OwnAffairs } from './own-affairs.js';
import { OwnCases } from './own-cases.js';
import { OwnIncidents } from './own-incidents.js';
import { OwnLinkage } from './own-linkage.js';
import { OwnSecurity } from './own-security.js';
import { PlannedOutages } from './planned-outages.js';

@Module({
  providers: [
    BankService,
    LinkReached,
    LinkWatch,
    ConsentFeed,
    Catalogue,
    OwnAffairs,
    OwnCases,
    OwnIncidents,
    OwnLinkage,
    OwnSecurity,
    PlannedOutages,
  ],
  exports: [
    BankService,
    LinkWatch,
    ConsentFeed,
    Catalogue,
    OwnAffairs,
    OwnCases,
    OwnIncidents,
    OwnLinkage,
    OwnSecurity,
    PlannedOutages,
  ],
})
export class BankModule {}
