import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { StaffModule } from '../staff/index.js';
import { DigestsModule } from './digests.module.js';
import { AuditController } from './http/audit.controller.js';
import { PostingBlocksController } from './http/posting-blocks.controller.js';

@Module({
  imports: [AccountsModule, DigestsModule, InstitutionsModule, StaffModule],
  controllers: [AuditController, PostingBlocksController],
})
export class AuditModule {}
