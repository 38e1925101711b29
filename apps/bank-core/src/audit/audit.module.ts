import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { StaffModule } from '../staff/index.js';
import { DigestsService } from './digests.service.js';
import { AuditController } from './http/audit.controller.js';
import { AuditStore } from './storage/audit.store.pg.js';

@Module({
  imports: [InstitutionsModule, StaffModule],
  providers: [AuditStore, DigestsService],
  controllers: [AuditController],
  exports: [DigestsService],
})
export class AuditModule {}
