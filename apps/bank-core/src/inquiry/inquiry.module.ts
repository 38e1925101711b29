import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ConsentsModule } from '../consents/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { RecordsModule } from '../records/index.js';
import { GetAccountsController } from './http/get-accounts.controller.js';
import { GetStatementController } from './http/get-statement.controller.js';
import { InquiryService } from './inquiry.service.js';

@Module({
  imports: [RecordsModule, InstitutionsModule, AccountsModule, ConsentsModule],
  controllers: [GetAccountsController, GetStatementController],
  providers: [InquiryService],
})
export class InquiryModule {}
