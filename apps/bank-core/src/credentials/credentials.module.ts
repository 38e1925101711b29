import { Module } from '@nestjs/common';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { StaffModule } from '../staff/index.js';
import { CheckConfirmation } from './check-confirmation.js';
import { CheckLogin } from './check-login.js';
import { CredentialsService } from './credentials.service.js';
import { HolderLock } from './holder-lock.js';
import { FirstUseController } from './http/first-use.controller.js';
import { IssueTemporaryPasswordController } from './http/issue-temporary-password.controller.js';
import { TemporaryPasswords } from './temporary-passwords.js';

@Module({
  imports: [HoldersModule, InstitutionsModule, RecordsModule, StaffModule],
  providers: [HolderLock, CheckLogin, CheckConfirmation, CredentialsService, TemporaryPasswords],
  controllers: [IssueTemporaryPasswordController, FirstUseController],
  exports: [CredentialsService],
})
export class CredentialsModule {}
