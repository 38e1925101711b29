import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { DigestsService } from './digests.service.js';
import { AuditStore } from './storage/audit.store.pg.js';

/** The digests without their doors: a command of the staff reads them where no ledger and no job runs. */
@Module({
  imports: [InstitutionsModule],
  providers: [AuditStore, DigestsService],
  exports: [DigestsService],
})
export class DigestsModule {}
