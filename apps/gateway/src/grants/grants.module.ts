import { Module } from '@nestjs/common';
import { BankModule } from '../bank/index.js';
import { GrantsService } from './grants.service.js';
import { GrantStore } from './storage/grant.store.pg.js';
import { TokenEndListener } from './storage/token-end.listener.js';
import { SweepJob } from './sweep.job.js';
import { TellEndsJob } from './tell-ends.job.js';
import { TokenRegistry } from './token-registry.js';

@Module({
  imports: [BankModule],
  providers: [GrantStore, TokenEndListener, TokenRegistry, GrantsService, SweepJob, TellEndsJob],
  exports: [GrantsService, TokenRegistry],
})
export class GrantsModule {}
