import { Module } from '@nestjs/common';
import { HoldersModule } from '../holders/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { CheckConfirmation } from './check-confirmation.js';
import { CheckLogin } from './check-login.js';
import { CredentialsService } from './credentials.service.js';
import { HolderLock } from './holder-lock.js';

@Module({
  imports: [HoldersModule, InstitutionsModule, RecordsModule],
  providers: [HolderLock, CheckLogin, CheckConfirmation, CredentialsService],
  exports: [CredentialsService],
})
export class CredentialsModule {}
