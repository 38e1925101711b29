import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { OutagesService } from './outages.service.js';

/** Apart from the feed, so that an officer's command can enter an outage without running a server's jobs. */
@Module({
  imports: [InstitutionsModule, RecordsModule],
  providers: [OutagesService],
  exports: [OutagesService],
})
export class OutagesModule {}
