import { Module } from '@nestjs/common';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { ConfirmFundsController } from './http/confirm-funds.controller.js';
import { GetAccountController } from './http/get-account.controller.js';
import { GetBalancesController } from './http/get-balances.controller.js';
import { GetLimitsController } from './http/get-limits.controller.js';
import { ListAccountsController } from './http/list-accounts.controller.js';
import { ListIncomingTransfersController } from './http/list-incoming-transfers.controller.js';
import { ListTransactionsController } from './http/list-transactions.controller.js';
import { InquiryService } from './inquiry.service.js';

@Module({
  imports: [BankModule, AuthorizationModule],
  controllers: [
    ListAccountsController,
    GetAccountController,
    GetBalancesController,
    ListTransactionsController,
    ListIncomingTransfersController,
    GetLimitsController,
    ConfirmFundsController,
  ],
  providers: [InquiryService],
})
export class InquiryModule {}
