import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { AccountsService } from './accounts.service.js';

@Module({
  imports: [InstitutionsModule],
  providers: [AccountsService],
  exports: [AccountsService],
})
export class AccountsModule {}
