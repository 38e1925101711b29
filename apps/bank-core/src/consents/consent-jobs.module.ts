import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AgreementsModule } from '../agreements/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LinksModule } from '../links/index.js';
import { ConsentsModule } from './consents.module.js';
import { FollowAccountsJob } from './follow-accounts.job.js';
import { FollowPartiesJob } from './follow-parties.job.js';
import { RemindHoldersJob } from './remind-holders.job.js';

/** What time and other rooms bring about: the server's part, which a command at a terminal does not run. */
@Module({
  imports: [InstitutionsModule, AccountsModule, AgreementsModule, LinksModule, ConsentsModule],
  providers: [FollowPartiesJob, FollowAccountsJob, RemindHoldersJob],
})
export class ConsentJobsModule {}
