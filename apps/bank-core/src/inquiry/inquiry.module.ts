import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ConsentsModule } from '../consents/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LimitsModule } from '../limits/index.js';
import { RecordsModule } from '../records/index.js';
import { GetAccountsController } from './http/get-accounts.controller.js';
import { ConfirmFundsController } from './http/confirm-funds.controller.js';
import { GetLimitsController } from './http/get-limits.controller.js';
import { GetStatementController } from './http/get-statement.controller.js';
import { InquiryService } from './inquiry.service.js';

@Module({
  imports: [
    RecordsModule,
    InstitutionsModule,
    AccountsModule,
    CredentialsModule,
    LimitsModule,
    ConsentsModule,
  ],
  controllers: [
    GetAccountsController,
    GetStatementController,
    GetLimitsController,
    ConfirmFundsController,
  ],
  providers: [InquiryService],
})
export class InquiryModule {}
