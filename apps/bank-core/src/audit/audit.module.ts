import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { StaffModule } from '../staff/index.js';
import { DigestsService } from './digests.service.js';
import { AuditController } from './http/audit.controller.js';
import { PostingBlocksController } from './http/posting-blocks.controller.js';
import { AuditStore } from './storage/audit.store.pg.js';

@Module({
  imports: [AccountsModule, InstitutionsModule, StaffModule],
  providers: [AuditStore, DigestsService],
  controllers: [AuditController, PostingBlocksController],
  exports: [DigestsService],
})
export class AuditModule {}
